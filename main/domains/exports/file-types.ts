import type { ExportFormat } from '../../../shared/contract/exports.ts'

export const fileTypes: Record<ExportFormat, { extension: string; mimeType: string }> = {
  moodle_xml: { extension: 'xml', mimeType: 'application/xml' },
  qti3: { extension: 'zip', mimeType: 'application/zip' },
  gift: { extension: 'gift', mimeType: 'text/plain' },
  aiken: { extension: 'txt', mimeType: 'text/plain' },
  csv: { extension: 'csv', mimeType: 'text/csv' },
  xlsx: { extension: 'xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
}
