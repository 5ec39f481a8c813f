import * as z from 'zod'
import { roles } from '../roles.ts'
import { Done, Id, mutation, query, Timestamp } from './base.ts'
import { ImageDigest } from './questions.ts'

/** What a browser shows and a question may hold. SVG is a program, so it is not among them. */
export const pictureTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const
export type PictureType = (typeof pictureTypes)[number]

/** Bytes of one picture. */
export const maxPictureBytes = 2 * 1024 * 1024
/** Pixels of one side, and of the whole picture: a phone with little memory has to unpack it. */
export const maxPictureSide = 8_000
export const maxPicturePixels = 24_000_000

/** A picture with its bytes in base64; width and height in pixels. */
export const PictureContent = z.object({
  mimeType: z.enum(pictureTypes),
  base64: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
})
export type PictureContent = z.infer<typeof PictureContent>

/** Bytes of one document, and of each piece of it but the last: a file is never in memory as a whole. */
export const maxDocumentBytes = 2 * 1024 ** 3
export const pieceBytes = 512 * 1024
/** Days that a removed document can be brought back, and that a file which stopped on its way in waits to go on. */
export const trashDays = 30
export const uploadDays = 7

/** Of a file whose bytes say nothing that a screen could show: it can be saved, and that is all. */
export const unknownType = 'application/octet-stream'

const text = (max: number) => z.string().trim().max(max)

/** Empty texts are stored as unknown. */
export const DocumentFields = z.object({
  filename: text(255).min(1),
  description: text(5000).default(''),
  category: text(50).default(''),
  tags: z.array(text(50).min(1)).max(20).default([]),
  /** Everybody of the organization may open it, learners included; never one that is about a person. */
  isPublic: z.boolean().default(false),
})
export type DocumentFields = z.infer<typeof DocumentFields>

export const DocumentRow = DocumentFields.extend({
  id: Id,
  mimeType: z.string(),
  /** Bytes. */
  size: z.int().nonnegative(),
  beneficiaryId: Id.nullable(),
  /** Null also where the person is not the caller's to see. */
  beneficiaryName: z.string().nullable(),
  uploadedByName: z.string().nullable(),
  /** How many people it is shared with now. */
  shares: z.int().nonnegative(),
  /** Name, description and the like, and new versions. */
  mayEdit: z.boolean(),
  /** Sharing and removing as well. */
  mayManage: z.boolean(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  deletedAt: Timestamp.nullable(),
})
export type DocumentRow = z.infer<typeof DocumentRow>

export const DocumentShare = z.object({
  id: Id,
  userId: Id,
  name: z.string(),
  permission: z.enum(['view', 'edit']),
  expiresAt: Timestamp.nullable(),
})
export type DocumentShare = z.infer<typeof DocumentShare>

/** The content as it was before a newer one came. */
export const DocumentVersion = z.object({
  id: Id,
  filename: z.string(),
  mimeType: z.string(),
  size: z.int().nonnegative(),
  uploadedByName: z.string().nullable(),
  createdAt: Timestamp,
})
export type DocumentVersion = z.infer<typeof DocumentVersion>

export const Document = DocumentRow.extend({
  /** Newest first; empty for those who may only view. */
  versions: z.array(DocumentVersion),
  /** Empty for those who may not share. */
  sharedWith: z.array(DocumentShare),
})
export type Document = z.infer<typeof Document>

/** What a learner sees of a document that is shared with them or with everybody. */
export const OwnDocument = DocumentRow.pick({
  id: true,
  filename: true,
  description: true,
  mimeType: true,
  size: true,
  updatedAt: true,
}).extend({ sharedByName: z.string().nullable() })
export type OwnDocument = z.infer<typeof OwnDocument>

export const documentViews = ['all', 'shared', 'deleted'] as const
/** `shared`: what others have shared with the caller; `deleted`: what can still be brought back. */
export const ListDocuments = z.object({
  search: text(200).default(''),
  category: text(50).optional(),
  tag: text(50).optional(),
  beneficiaryId: Id.optional(),
  view: z.enum(documentViews).default('all'),
})
export type ListDocuments = z.infer<typeof ListDocuments>

/** Most rows in one answer. */
export const mostDocuments = 1000

const one = z.object({ id: Id })
/** `updatedAt`: the version of the row that was on the screen; refused if somebody has written since. */
const version = one.extend({ updatedAt: Timestamp })
export type DocumentStamp = z.infer<typeof version>
const written = z.object({ updatedAt: Timestamp })

/** `versionId`: an older content of the document, for those who may edit it. */
export const ReadPiece = one.extend({
  versionId: Id.optional(),
  position: z.int().nonnegative().default(0),
})
export type ReadPiece = z.infer<typeof ReadPiece>

export const BeginUpload = z.object({
  filename: text(255).min(1),
  /** Bytes. */
  size: z.int().nonnegative(),
  /** When the file was last changed, as its system says: tells whether it is the same file again. */
  modifiedMs: z.int().default(0),
  beneficiaryId: Id.nullable().default(null),
  /** The document that this is a new version of. */
  documentId: Id.nullable().default(null),
})
export type BeginUpload = z.infer<typeof BeginUpload>

const uploadId = z.uuid()
const upload = z.object({ uploadId })

export const DocumentUpload = BeginUpload.extend({
  uploadId,
  pieces: z.int().positive(),
  /** How many of the pieces are stored. */
  arrived: z.int().nonnegative(),
  isOwn: z.boolean(),
})
export type DocumentUpload = z.infer<typeof DocumentUpload>

export const SendPiece = upload.extend({ position: z.int().nonnegative(), base64: z.string().min(1).max(700_000) })
export type SendPiece = z.infer<typeof SendPiece>

export const ShareDocument = z.object({
  documentId: Id,
  userId: Id,
  permission: z.enum(['view', 'edit']).default('view'),
  /** Null: until it is taken back. */
  expiresAt: Timestamp.nullable().default(null),
})
export type ShareDocument = z.infer<typeof ShareDocument>

export const Recipient = z.object({ userId: Id, name: z.string(), role: z.enum(roles) })

export const Storage = z.object({
  /** Bytes, older versions and removed documents included. */
  used: z.int().nonnegative(),
  quota: z.int().positive(),
})
/** Bytes, from one mebibyte to a petabyte. */
export const Quota = z
  .int()
  .min(1024 ** 2)
  .max(1024 ** 5)

const pictureUpload = { maxBytes: 4 * 1024 * 1024 }
const opened = {
  action: 'documents.open',
  resource: 'documents',
  input: 'id',
  isInPieces: true,
  learnersToo: true,
} as const
const changed = (action: string) => mutation({ action: `documents.${action}`, resource: 'documents' })

export const documents = {
  /** The same bytes are stored once. What the picture is, its bytes say: neither a name nor a type is asked for. */
  addPicture: mutation({ action: 'documents.addPicture', resource: 'documents' }, pictureUpload)
    .input(z.object({ base64: z.string().min(1).max(4_000_000), filename: z.string().max(255).default('') }))
    .output(z.object({ image: ImageDigest })),
  picture: query()
    .input(z.object({ image: ImageDigest }))
    .output(PictureContent),

  /** Newest first. */
  list: query()
    .input(ListDocuments)
    .output(z.object({ rows: z.array(DocumentRow), isCut: z.boolean() })),
  /** The categories and tags in use among what the caller sees. */
  choices: query().output(z.object({ categories: z.array(z.string()), tags: z.array(z.string()) })),
  get: query().input(one).output(Document),
  /** The learner's: what is shared with them, and what everybody may see. */
  mine: query().output(z.array(OwnDocument)),
  piece: query({ look: opened })
    .input(ReadPiece)
    .output(z.object({ base64: z.string(), pieces: z.int().positive() })),
  update: changed('update')
    .input(DocumentFields.extend({ id: Id, updatedAt: Timestamp }))
    .output(written),
  remove: changed('remove').input(version).output(written),
  restore: changed('restore').input(version).output(written),

  /** The same file again goes on where it stopped. */
  beginUpload: mutation({ none: 'Nothing is stored before documents.finishUpload, which is logged.' })
    .input(BeginUpload)
    .output(DocumentUpload),
  uploads: query().output(z.array(DocumentUpload)),
  /** SHA-256 of each piece that is stored, so that a file that was changed meanwhile is not mixed with what it was. */
  arrived: query()
    .input(upload)
    .output(z.array(z.object({ position: z.int().nonnegative(), sha256: z.string() }))),
  sendPiece: mutation(
    { none: 'A piece is no document yet: documents.finishUpload is logged.' },
    { maxBytes: 768 * 1024 },
  )
    .input(SendPiece)
    .output(Done),
  /** Asked again, it answers with the same document. */
  finishUpload: changed('finishUpload').input(upload).output(one),
  cancelUpload: mutation({ none: 'Nothing was stored that anybody could have seen.' }).input(upload).output(Done),

  /** Whom the caller may share with, by name. */
  recipients: query()
    .input(z.object({ search: text(100).default('') }))
    .output(z.array(Recipient)),
  /** Again with the same person: the new terms count. */
  share: changed('share').input(ShareDocument).output(Done),
  revoke: changed('revoke').input(one).output(Done),
  /** Who opened it, latest first. */
  openings: query()
    .input(one)
    .output(z.array(z.object({ name: z.string().nullable(), at: Timestamp }))),

  storage: query().output(Storage),
  setQuota: mutation({ action: 'documents.setQuota' })
    .input(z.object({ quota: Quota }))
    .output(Done),
}
