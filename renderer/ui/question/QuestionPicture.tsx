import { Skeleton } from '@mantine/core'
import { IconPhotoOff, IconZoomIn } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { use, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Picture } from '../../../shared/contract/questions.ts'
import { Dialog } from '../Dialog.tsx'
import { PictureSourceContext, pictureQuery } from './picture-source.ts'
import classes from './QuestionPicture.module.css'
import { useObjectUrl } from './use-object-url.ts'

/** One picture of a question; a button beside it shows it as large as the screen. */
export function QuestionPicture({ picture }: { picture: Picture }) {
  const { t } = useTranslation('question')
  const [isLarge, setLarge] = useState(false)
  const shown = usePicture(picture)
  if (shown.isError) return <MissingPicture alt={picture.alt} onRetry={() => void shown.refetch()} />
  if (!shown.url) return <Skeleton className={classes.waiting} aria-label={t('picture.loading')} role="img" />
  return (
    <span className={classes.frame}>
      <img
        className={classes.picture}
        src={shown.url}
        alt={picture.alt}
        width={shown.data?.width}
        height={shown.data?.height}
      />
      <button
        type="button"
        className={classes.zoom}
        aria-label={picture.alt ? t('picture.zoomOf', { alt: picture.alt }) : t('picture.zoom')}
        onClick={() => setLarge(true)}
      >
        <IconZoomIn size={20} stroke={1.8} aria-hidden />
      </button>
      <Dialog isOpen={isLarge} title={picture.alt || t('picture.title')} fullScreen onClose={() => setLarge(false)}>
        <img className={classes.large} src={shown.url} alt={picture.alt} />
      </Dialog>
    </span>
  )
}

/** A picture within something that is pressed, such as an option: without a button of its own. */
export function PlainPicture({ picture }: { picture: Picture }) {
  const { t } = useTranslation('question')
  const shown = usePicture(picture)
  if (shown.isError) return <span className={classes.missing}>{picture.alt || t('picture.missing')}</span>
  if (!shown.url) return <Skeleton component="span" className={classes.waiting} />
  return (
    <img
      className={classes.picture}
      src={shown.url}
      alt={picture.alt}
      width={shown.data?.width}
      height={shown.data?.height}
    />
  )
}

function usePicture({ image }: Picture) {
  const { data, isError, refetch } = useQuery(pictureQuery(use(PictureSourceContext), image))
  return { data, isError, refetch, url: useObjectUrl(data?.blob) }
}

function MissingPicture({ alt, onRetry }: { alt: string; onRetry: () => void }) {
  const { t } = useTranslation('question')
  return (
    <span className={classes.missing}>
      <IconPhotoOff size={22} stroke={1.6} aria-hidden />
      <span>
        {t('picture.missing')} {alt && <bdi>{alt}</bdi>}
      </span>
      <button type="button" className={classes.retry} onClick={onRetry}>
        {t('picture.retry')}
      </button>
    </span>
  )
}
