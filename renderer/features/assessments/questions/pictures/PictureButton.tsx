import { Button, FileButton } from '@mantine/core'
import { IconPhoto } from '@tabler/icons-react'
import { pictureAccept } from './picture-file.ts'

interface Props {
  label: string
  isLoading: boolean
  isFull?: boolean
  onFiles: (files: File[]) => void
}

export function PictureButton({ label, isLoading, isFull = false, onFiles }: Props) {
  return (
    <FileButton accept={pictureAccept} multiple onChange={(files) => files.length > 0 && onFiles(files)}>
      {(props) => (
        <Button
          {...props}
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPhoto size={16} aria-hidden />}
          loading={isLoading}
          disabled={isFull}
        >
          {label}
        </Button>
      )}
    </FileButton>
  )
}
