import { Button, Dropdown } from 'antd'
import { Ellipsis } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentence } from '@/api/error'
import { ThumbBar } from '@/kit/Page'
import { useText } from '@/kit/text'
import { useMobile } from '@/kit/useMobile'
import type { CaseRecord, May } from './data'

const ActDrawer = lazy(() => import('./ActDrawer'))

/** What is being done: an act I may do, with the decision already chosen where there is one. */
export interface Doing {
  may: May
  decision?: 'agree' | 'reject'
}

/** Acts that stand as buttons, in their order; all others are in the menu. */
const shown = ['fill', 'answer', 'decide'] as const
const inMenu = [
  'return',
  'add_sign',
  'delegate',
  'claim',
  'unclaim',
  'assign',
  'pause',
  'resume',
  'extend',
  'comment',
  'attach',
  'link',
  'skip',
  'withdraw',
  'reopen',
] as const

/** What I may do with the case, in one bar; what I may not do says why. */
export function ActionBar({ record: c, onMoved }: { record: CaseRecord; onMoved: () => void }) {
  const mobile = useMobile()
  const [doing, setDoing] = useState<Doing>()
  const main = c.may.filter((m) => shown.some((a) => a === m.act))
  const rest = inMenu.flatMap((a) => c.may.filter((m) => m.act === a))
  const bar = (
    <>
      {main.map((m) => (
        <Main key={`${m.act}${m.seat}`} may={m} record={c} several={main.length > 1} onDo={setDoing} />
      ))}
      {rest.length > 0 && <More acts={rest} record={c} onDo={setDoing} />}
    </>
  )
  return (
    <>
      {c.may.length > 0 && (mobile ? <ThumbBar>{bar}</ThumbBar> : <div className="acts">{bar}</div>)}
      {main.length === 0 && <WhyNot record={c} />}
      {doing && (
        <Suspense>
          <ActDrawer doing={doing} record={c} onClose={() => setDoing(undefined)} onMoved={onMoved} />
        </Suspense>
      )}
    </>
  )
}

interface MainProps {
  may: May
  record: CaseRecord
  /** Whether other acts stand beside it: whoever has two posts in a step sees for which one the button is. */
  several: boolean
  onDo: (d: Doing) => void
}

function Main({ may: m, record: c, several, onDo }: MainProps) {
  const { t } = useTranslation()
  const text = useText()
  const task = c.tasks.find((one) => one.seat === m.seat)
  if (m.act === 'decide') {
    const as = several ? text(task?.post_name) || (task?.post ?? '') : ''
    const label = (decision: 'agree' | 'reject') => t(`procedure.act.do.${decision}`) + (as && ` · ${as}`)
    return (
      <>
        <Button type="primary" onClick={() => onDo({ may: m, decision: 'agree' })}>
          {label('agree')}
        </Button>
        <Button danger onClick={() => onDo({ may: m, decision: 'reject' })}>
          {label('reject')}
        </Button>
      </>
    )
  }
  const title = text(task?.title)
  return (
    <Button type="primary" onClick={() => onDo({ may: m })}>
      {title || t(`procedure.act.do.${m.act}`)}
    </Button>
  )
}

function More({ acts, record: c, onDo }: { acts: May[]; record: CaseRecord; onDo: (d: Doing) => void }) {
  const { t } = useTranslation()
  const text = useText()
  const several = (m: May) => acts.filter((x) => x.act === m.act).length > 1
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: acts.map((m, i) => {
          const step = text(c.tasks.find((task) => task.seat === m.seat)?.title)
          const what = m.act === 'extend' || m.act === 'pause' ? titleOf(c, m.choices[0], text) : step
          const label = t(`procedure.act.do.${m.act}`)
          return {
            key: String(i),
            danger: m.act === 'withdraw' || m.act === 'skip',
            label: several(m) && what ? `${label}: ${what}` : label,
            onClick: () => onDo({ may: m }),
          }
        }),
      }}
    >
      <Button icon={<Ellipsis size={16} />}>{t('procedure.act.more')}</Button>
    </Dropdown>
  )
}

/** Words of a pause or an extension. */
export function titleOf(c: CaseRecord, key: string | undefined, text: ReturnType<typeof useText>): string {
  const all = [...(c.definition?.pauses ?? []), ...(c.definition?.extensions ?? [])]
  return text(all.find((x) => x.key === key)?.title) || key || ''
}

/** Why the person cannot move the case on. */
function WhyNot({ record: c }: { record: CaseRecord }) {
  const { t } = useTranslation()
  const first = c.may_not.find((m) => shown.some((a) => a === m.act)) ?? c.may_not[0]
  if (!first || c.status === 'ended' || c.status === 'withdrawn') return null
  return <p className="muted">{sentence(t, first.code, first.args ?? {})}</p>
}
