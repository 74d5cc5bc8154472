import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { http, type Schemas } from '@/api/client'
import { FilesInput } from '@/kit/Evidence'
import { FormDrawer } from '@/kit/FormDrawer'
import { sendFiles } from '@/kit/sendFiles'
import { useText } from '@/kit/text'

interface Values {
  note?: string
  file?: File[]
}

/** Notes that a report was handed in for a period. */
export function FileDrawer(p: {
  rulebook: string
  report: Schemas['ComplianceFiled']
  onClose: () => void
  onFiled: () => void
}) {
  const { t } = useTranslation()
  const text = useText()
  const r = p.report
  const submit = async (v: Values) => {
    const [file_id] = await sendFiles(v.file?.slice(-1) ?? [])
    await http.POST('/api/v1/rulebooks/{id}/reports/{report}/filings', {
      params: { path: { id: p.rulebook, report: r.key } },
      body: { period_from: r.period_from, note: v.note?.trim() || undefined, file_id },
    })
    p.onFiled()
  }
  return (
    <FormDrawer<Values>
      open
      title={t('rulebook.comply.file_title', { title: text(r.title) || r.key })}
      submitText={t('rulebook.comply.file')}
      done={t('rulebook.comply.filed')}
      onSubmit={submit}
      onClose={p.onClose}
    >
      <ul className="will">
        <li>{t('rulebook.comply.file_for', { from: r.period_from, to: r.period_to, due: r.due_on })}</li>
        <li>{t('rulebook.comply.file_once')}</li>
      </ul>
      <Form.Item name="note" label={t('rulebook.comply.note')} extra={t('rulebook.comply.note_hint')}>
        <Input.TextArea rows={3} maxLength={4000} />
      </Form.Item>
      <Form.Item name="file" label={t('rulebook.comply.attachment')}>
        <FilesInput />
      </Form.Item>
    </FormDrawer>
  )
}
