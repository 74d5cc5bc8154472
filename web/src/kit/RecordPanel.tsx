import { Button, Drawer, Tooltip } from 'antd'
import { ChevronDown, ChevronUp, Maximize2, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMobile } from './useMobile'
import { useShortcut } from './useShortcut'

const WIDTH_PX = 600

interface Props {
  open: boolean
  title: string
  /** Grade, state: small things beside the name. */
  badges?: ReactNode
  actions?: ReactNode
  onClose: () => void
  onPrevious?: () => void
  onNext?: () => void
  /** Opens the record as a full page. */
  onExpand?: () => void
  children: ReactNode
}

/** A record beside its list: previous and next walk the list ([ and ]), expand opens the full page. */
export function RecordPanel(p: Props) {
  const { t } = useTranslation()
  const mobile = useMobile()
  const group = t('kit.record.keys')
  useShortcut('[', () => p.onPrevious?.(), {
    label: t('kit.record.previous'),
    group,
    when: p.open && Boolean(p.onPrevious),
  })
  useShortcut(']', () => p.onNext?.(), { label: t('kit.record.next'), group, when: p.open && Boolean(p.onNext) })
  useShortcut('escape', p.onClose, { label: t('kit.record.close'), group, when: p.open })
  // On the phone the head takes two lines; the way out stands in the first, where no badge can push it off the screen.
  const close = <Walk label={t('kit.record.close')} icon={<X size={16} />} onClick={p.onClose} />
  return (
    <Drawer
      open={p.open}
      onClose={p.onClose}
      mask={mobile}
      size={mobile ? '100%' : WIDTH_PX}
      closable={false}
      keyboard={false}
      autoFocus={mobile}
      rootClassName="record-panel"
      aria-label={p.title}
      title={
        <div className="panel-head">
          <h2>{p.title}</h2>
          {mobile && close}
          {p.badges}
          <span className="grow" />
          <Walk label={t('kit.record.previous')} icon={<ChevronUp size={16} />} onClick={p.onPrevious} />
          <Walk label={t('kit.record.next')} icon={<ChevronDown size={16} />} onClick={p.onNext} />
          {p.onExpand && <Walk label={t('kit.record.expand')} icon={<Maximize2 size={14} />} onClick={p.onExpand} />}
          {!mobile && close}
        </div>
      }
      footer={p.actions && <div className="panel-foot">{p.actions}</div>}
    >
      {p.children}
    </Drawer>
  )
}

function Walk({ label, icon, onClick }: { label: string; icon: ReactNode; onClick?: () => void }) {
  return (
    <Tooltip title={label}>
      <Button type="text" size="small" aria-label={label} icon={icon} disabled={!onClick} onClick={onClick} />
    </Tooltip>
  )
}
