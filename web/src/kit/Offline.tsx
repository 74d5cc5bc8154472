import { onlineManager } from '@tanstack/react-query'
import { WifiOff } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { keptSince, onKept } from '@/api/kept'
import { civil, clockTime } from './format'

const watch = (l: () => void) => onlineManager.subscribe(l)
const online = () => onlineManager.isOnline()

/** useOnline tells whether there is a network, as far as the browser knows. */
export const useOnline = (): boolean => useSyncExternalStore(watch, online)

/** A moment (milliseconds) as people say it: of today its time alone. */
function momentText(at: number): string {
  const d = new Date(at)
  return civil(d) === civil(new Date()) ? clockTime(d) : `${civil(d)} ${clockTime(d)}`
}

/** Says that the network is away, and of when what is on the screen is. */
export function Offline() {
  const { t } = useTranslation()
  const on = useOnline()
  const since = useSyncExternalStore(onKept, keptSince)
  if (on && since === undefined) return null
  return (
    <div className="offline" role="status">
      <WifiOff size={14} aria-hidden />
      {since === undefined ? t('app.offline') : t('app.offline_since', { at: momentText(since) })}
    </div>
  )
}
