import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { http, useRefreshUnder } from '@/api/client'
import { FormDrawer } from './FormDrawer'

const MAX_REASON = 300

/** Gives a customer back to the pool and says why. Its words are those of `owner`. */
export default function GiveBack({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const { t } = useTranslation()
  const refresh = useRefreshUnder('/api/v1/ownership', '/api/v1/customers', '/api/v1/duties', '/api/v1/workbench')
  const save = async (values: { reason: string }) => {
    await http.POST('/api/v1/ownership/pool/{id}/return', { params: { path: { id } }, body: values })
    void refresh()
  }
  return (
    <FormDrawer
      open
      title={t('owner.back.title', { name })}
      submitText={t('owner.back.act')}
      done={t('owner.back.done')}
      onSubmit={save}
      onClose={onClose}
    >
      <p className="muted">{t('owner.back.text')}</p>
      <Form.Item
        name="reason"
        label={t('owner.back.reason')}
        rules={[{ required: true, whitespace: true, message: t('kit.form.required') }]}
      >
        <Input.TextArea rows={3} maxLength={MAX_REASON} />
      </Form.Item>
    </FormDrawer>
  )
}
