import { Button } from 'antd'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { isNewVersion, onNewVersion, takeOver } from './startup'

/** Offers the version that was installed meanwhile; whoever is in the middle of something finishes that first. */
export function NewVersion() {
  const { t } = useTranslation()
  const there = useSyncExternalStore(onNewVersion, isNewVersion)
  if (!there) return null
  return (
    <div className="offline new-version" role="status">
      {t('app.new_version')}
      <Button size="small" onClick={takeOver}>
        {t('app.reload')}
      </Button>
    </div>
  )
}
