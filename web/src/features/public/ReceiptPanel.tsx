import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { CircleCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { CopyButton } from '@/kit/CopyButton'
import { DateText } from '@/kit/DateText'
import { ErrorState } from '@/kit/ErrorState'
import { Fields, Panel } from '@/kit/Page'
import type { PublicCase, Receipt } from './data'

interface Props {
  of: Receipt & { phone: string }
  onFollow: (of: PublicCase) => void
  onLeave: () => void
}

/** The number to keep, until when an answer is due, and how to go on. */
export function ReceiptPanel({ of: r, onFollow, onLeave }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [failure, setFailure] = useState<unknown>()
  const follow = async () => {
    setFailure(undefined)
    try {
      const { data } = await http.POST('/api/v1/public/cases/follow', { body: { number: r.number, phone: r.phone } })
      if (data) onFollow(data)
    } catch (e) {
      setFailure(e)
    }
  }
  const leave = () => {
    onLeave()
    void navigate({ to: '/public', search: {} })
  }
  return (
    <Panel>
      <div className="receipt" role="status">
        <CircleCheck size={32} strokeWidth={1.5} aria-hidden />
        <h1>{t('public.receipt.title')}</h1>
        <p className="muted">{t('public.receipt.hint')}</p>
        <p className="receipt-number">
          <b className="num">{r.number}</b> <CopyButton text={r.number} what={t('public.follow.number')} />
        </p>
      </div>
      {failure !== undefined && <ErrorState inline error={failure} />}
      <Fields
        items={[
          { label: t('public.received_on'), value: <DateText value={r.received_on} /> },
          ...(r.due_on ? [{ label: t('public.due_on'), value: <DateText value={r.due_on} /> }] : []),
        ]}
      />
      <div className="public-acts">
        <Button type="primary" size="large" onClick={() => void follow()}>
          {t('public.follow.do')}
        </Button>
        <Button size="large" onClick={leave}>
          {t('public.back')}
        </Button>
      </div>
    </Panel>
  )
}
