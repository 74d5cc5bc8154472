import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { FormDrawer } from '@/kit/FormDrawer'
import { Amount } from '@/kit/Money'
import { useRefresh } from './data'
import type { Fact } from './FactList'

interface Props {
  id: string
  fact: Fact
  /** The kind of the fact in words. */
  kind: string
  onClose: () => void
}

/** Takes a fact back by a reversing one, with the reason. */
export default function ReverseFact({ id, fact: f, kind, onClose }: Props) {
  const { t } = useTranslation()
  const refresh = useRefresh()
  const submit = async ({ reason }: { reason: string }) => {
    await http.POST('/api/v1/customers/{id}/facts/reverse', {
      params: { path: { id } },
      body: { fact_id: f.id, occurred_on: f.occurred_on, reason: reason.trim() },
    })
    await refresh()
  }
  return (
    <FormDrawer<{ reason: string }>
      open
      title={t('fact.reverse_title')}
      submitText={t('fact.reverse')}
      done={t('fact.taken_back')}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="form-about">
        <b>
          {kind} {f.document}
        </b>
        <span className="muted num">
          {f.occurred_on} {f.amount && <Amount value={f.amount} currency={f.currency} />}
        </span>
      </p>
      <p className="muted">{t('fact.reverse_hint')}</p>
      <Form.Item
        name="reason"
        label={t('fact.reason')}
        className="form-last"
        rules={[{ required: true, whitespace: true, message: t('kit.form.required') }]}
      >
        <Input.TextArea rows={3} maxLength={800} autoFocus />
      </Form.Item>
    </FormDrawer>
  )
}
