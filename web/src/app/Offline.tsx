import { onlineManager } from '@tanstack/react-query'
import { WifiOff } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'

/** Says that the network is away; what is on the screen stays, what is saved waits. */
export function Offline() {
  const { t } = useTranslation()
  const online = useSyncExternalStore(
    (l) => onlineManager.subscribe(l),
    () => onlineManager.isOnline(),
  )
  if (online) return null
  return (
    <div className="offline" role="status">
      <WifiOff size={14} aria-hidden />
      {t('app.offline')}
    </div>
  )
}
