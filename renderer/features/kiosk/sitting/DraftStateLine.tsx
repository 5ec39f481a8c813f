import { Loader } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import classes from './notices.module.css'
import { useDraft } from './session-context.ts'

/** Says "saved" only of what the core has confirmed, and says it to those who listen too. */
export function DraftStateLine({ questionId }: { questionId: Id }) {
  const { t } = useTranslation(['kiosk', 'refusal'])
  const draft = useDraft(questionId)
  const isSaving = draft?.state === 'dirty' || draft?.state === 'saving'
  const isSaved = draft?.state === 'clean' && draft.savedAt !== null
  return (
    <div className={classes.draft}>
      {isSaving && (
        <span className={classes.saving}>
          <Loader size={18} color="currentColor" /> {t('save.saving')}
        </span>
      )}
      <span role="status" className={classes.draft}>
        {isSaved && (
          <span className={classes.saved}>
            <IconCircleCheck size={22} aria-hidden /> {t(draft.isFromElsewhere ? 'save.elsewhere' : 'save.saved')}
          </span>
        )}
        {draft?.state === 'failed' && (
          <span className={classes.failed}>
            <IconAlertTriangle size={22} aria-hidden />
            {draft.refusal ? t('save.refused') : t('save.failed')}
            {draft.refusal && ` ${t(`refusal:${draft.refusal.key}`, draft.refusal.params)}`}
          </span>
        )}
      </span>
    </div>
  )
}
