import { App, Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, http } from '@/api/client'
import { AreaLink } from '@/kit/AreaLink'
import { FormDrawer } from '@/kit/FormDrawer'
import { type Seminar, useHappened } from './data'

interface Values {
  template_id: string
  to: 'none' | 'yes' | 'waiting'
}

/** Writes to those who gave an answer, or none, with a template: an invitation or a reminder. */
export default function SendForm({ of: m, onClose }: { of: Seminar; onClose: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const happened = useHappened()
  const templates = api.useQuery('get', '/api/v1/message-templates', {})
  const fit = templates.data?.items.filter((x) => x.purpose === 'invitation')
  const required = [{ required: true, message: t('kit.form.required') }]
  const submit = async (body: Values) => {
    const { data } = await http.POST('/api/v1/seminars/{id}/messages', { params: { path: { id: m.id } }, body })
    await happened()
    if (data) void message.success(t('seminar.sent', { ...data }))
  }
  return (
    <FormDrawer<Values>
      open
      title={t('seminar.send')}
      submitText={t('seminar.send')}
      initial={{ to: 'none' }}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="to" label={t('seminar.send_to')} rules={required}>
        <Select
          options={(['none', 'yes', 'waiting'] as const).map((v) => ({
            value: v,
            label: t(`seminar.send_whom.${v}`, { n: m.tally[v === 'none' ? 'open' : v] }),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="template_id"
        label={t('seminar.template')}
        rules={required}
        extra={t('seminar.send_hint')}
        className="form-last"
      >
        <Select
          loading={templates.isPending}
          notFoundContent={<AreaLink to="/messages?tab=templates">{t('seminar.no_template')}</AreaLink>}
          options={fit?.map((x) => ({ value: x.id, label: x.name }))}
        />
      </Form.Item>
    </FormDrawer>
  )
}
