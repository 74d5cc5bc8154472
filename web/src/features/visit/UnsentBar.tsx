import { App, Button } from 'antd'
import type { TFunction } from 'i18next'
import { CloudUpload } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newKey } from '@/api/client'
import { asApiError, errorText } from '@/api/error'
import { DateText } from '@/kit/DateText'
import { RecordPanel } from '@/kit/RecordPanel'
import { useConfirm } from '@/kit/useConfirm'
import { ActForm } from './ActForm'
import { asError, type Became, type Queue, type Refusal, ready, tooLate, type Unsent } from './unsent/queue'
import { useKeepSending, useQueue } from './unsent/useQueue'
import { useAnew } from './unsent/useSend'
import './visit.css'

/** What was entered without a network: how much waits, and what to do with what was refused. */
export default function UnsentBar() {
  const { t } = useTranslation()
  const { queue, list } = useQueue()
  const [open, setOpen] = useState(false)
  useKeepSending(queue)
  if (!queue || list.length === 0) return null
  const refused = list.filter((e) => e.refused).length
  const next = ready(list)
  return (
    <>
      <div className={refused > 0 ? 'unsent unsent-bad' : 'unsent'} role="status">
        <CloudUpload size={14} aria-hidden />
        {t('unsent.count', { count: list.length })}
        {refused > 0 && ` · ${t('unsent.refused', { count: refused })}`}
        <Button size="small" onClick={() => setOpen(true)}>
          {t('unsent.see')}
        </Button>
      </div>
      {open && (
        <RecordPanel open title={t('unsent.title')} onClose={() => setOpen(false)}>
          <p className="muted">{t('unsent.hint')}</p>
          <ul className="side-list">
            {list.map((e) => (
              <Entry key={e.seq} entry={e} queue={queue} behind={!next.includes(e)} />
            ))}
          </ul>
        </RecordPanel>
      )}
    </>
  )
}

/** One entry; `behind` one of the same visit that was refused it is not sent before that is dealt with. */
function Entry({ entry: e, queue, behind }: { entry: Unsent; queue: Queue; behind: boolean }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const confirm = useConfirm()
  const anew = useAnew()
  const [editing, setEditing] = useState(false)
  const [busy, setBusy] = useState(false)
  const seq = e.seq ?? 0
  const late = tooLate(e)
  const again = async (sent: Promise<Became>) => {
    setBusy(true)
    try {
      void message.info(t((await sent) === 'sent' ? 'visit.saved' : 'unsent.still'))
    } catch (failure) {
      void message.error(reasonOf(t, asApiError(failure)))
    } finally {
      setBusy(false)
    }
  }
  const discard = () =>
    confirm({
      title: t('unsent.discard_title', { name: e.visit.customer.name }),
      text: t('unsent.discard_text'),
      ok: t('unsent.discard'),
      danger: true,
      action: () => queue.discard(seq),
    })
  return (
    <li className="unsent-entry">
      <span>
        <b>{e.visit.customer.name}</b> · {t(`visit.act.${e.body.act}`)}{' '}
        <span className="muted">{e.body.at && <DateText value={e.body.at} time />}</span>
      </span>
      {e.refused ? (
        <span className="refused" role="alert">
          {reasonOf(t, e.refused)}
        </span>
      ) : (
        <span className="muted">
          {t(behind ? 'unsent.behind' : 'unsent.waits')}
          {e.photos.length > 0 && ` · ${t('unsent.files', { count: e.photos.length })}`}
        </span>
      )}
      <span className="row">
        {e.refused && (e.body.act === 'arrive' || e.body.act === 'report') && (
          <Button onClick={() => setEditing(true)}>{t('unsent.edit')}</Button>
        )}
        {(e.refused || !behind) && (
          <Button
            loading={busy}
            title={late ? t('unsent.now_hint') : undefined}
            onClick={() => void again(late ? queue.change(seq, newKey(), anew(e, e.body), e.photos) : queue.again(seq))}
          >
            {t(late ? 'unsent.now' : 'unsent.again')}
          </Button>
        )}
        <Button danger onClick={() => void discard()}>
          {t('unsent.discard')}
        </Button>
      </span>
      {editing && <ActForm visit={e.visit} act={e.body.act} again={e} onClose={() => setEditing(false)} />}
    </li>
  )
}

/** Why an entry was not taken: of the fields the first says it best. */
function reasonOf(t: TFunction, r: Refusal): string {
  const [first] = r.fields
  return errorText(t, asError(first ? { ...r, code: first.code, args: first.args } : r))
}
