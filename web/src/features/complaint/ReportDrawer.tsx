import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { FormDrawer } from '@/kit/FormDrawer'
import type { Made } from './data'
import type { Filing, ReportAct } from './ReportPanel'

interface Values {
  note?: string
  reason?: string
}

/** Hands the table of a month in, receives it, or makes it anew with a reason. */
export default function ReportDrawer(p: {
  act: ReportAct
  made: Made
  filing: Filing
  onClose: () => void
  onDone: () => void
}) {
  const { t } = useTranslation()
  const { rulebook, report, month } = p.made
  const submit = async (v: Values) => {
    const path = { id: rulebook, report }
    const body = { period_from: `${month}-01`, note: v.note?.trim() || undefined }
    if (p.act === 'submit')
      await http.POST('/api/v1/rulebooks/{id}/reports/{report}/filings', { params: { path }, body })
    if (p.act === 'receive')
      await http.POST('/api/v1/rulebooks/{id}/reports/{report}/receipts', { params: { path }, body })
    if (p.act === 'make')
      await http.POST('/api/v1/complaints/tables', {
        body: { rulebook, report, month, reason: v.reason?.trim() ?? '' },
      })
    p.onDone()
  }
  return (
    <FormDrawer<Values>
      open
      title={t(`complaint.report.${p.act}_title`, { month })}
      submitText={t(`complaint.report.${p.act}`)}
      done={t(`complaint.report.${p.act}_done`)}
      onSubmit={submit}
      onClose={p.onClose}
    >
      <ul className="will">
        <li>{t(`complaint.report.${p.act}_about`, { due: p.filing.due_on })}</li>
      </ul>
      {p.act === 'make' ? (
        <Form.Item name="reason" label={t('complaint.report.reason')} rules={[{ required: true, whitespace: true }]}>
          <Input.TextArea rows={3} maxLength={1000} />
        </Form.Item>
      ) : (
        <Form.Item name="note" label={t('complaint.report.note')}>
          <Input.TextArea rows={3} maxLength={1000} />
        </Form.Item>
      )}
    </FormDrawer>
  )
}
