import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { FormDrawer } from '@/kit/FormDrawer'
import { GradeTag } from '@/kit/GradeTag'
import { useGrades } from '@/kit/grades'
import { useText } from '@/kit/text'
import type { Decision } from './Decisions'
import { useRefresh } from './data'

interface Props {
  customerID: string
  decision: Decision
  onClose: () => void
}

/** Ends an override before its last day, with the reason: what follows counts again from today on. */
export default function WithdrawOverride({ customerID, decision: d, onClose }: Props) {
  const { t } = useTranslation()
  const text = useText()
  const grade = useGrades()
  const refresh = useRefresh()
  const submit = async ({ reason }: { reason: string }) => {
    await http.POST('/api/v1/customers/{customer}/grade-decisions/{id}/withdraw', {
      params: { path: { customer: customerID, id: d.id } },
      body: { reason: reason.trim() },
    })
    await refresh()
  }
  return (
    <FormDrawer<{ reason: string }>
      open
      title={t('decision.withdraw_title')}
      submitText={t('decision.withdraw')}
      done={t('decision.done')}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="form-about">
        <span className="row">
          <GradeTag {...grade(d.scheme, d.code)} />
          <b>{text(d.title)}</b>
        </span>
        <span className="muted num">{t('decision.term', { from: d.from, until: d.until })}</span>
      </p>
      <p className="muted">{t('decision.hint')}</p>
      <Form.Item
        name="reason"
        label={t('decision.reason')}
        className="form-last"
        rules={[{ required: true, whitespace: true, message: t('kit.form.required') }]}
      >
        <Input.TextArea rows={3} maxLength={1000} autoFocus />
      </Form.Item>
    </FormDrawer>
  )
}
