import { App, Form, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http } from '@/api/client'
import { Choice } from '@/kit/Choice'
import { CustomerSelect } from '@/kit/CustomerSelect'
import { FormDrawer } from '@/kit/FormDrawer'
import { type Seminar, useHappened } from './data'

interface Values {
  segment?: string
  customer?: string
}

/** Invites the customers of a segment as it stands now, or one customer. */
export default function InviteForm({ of: m, onClose }: { of: Seminar; onClose: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const happened = useHappened()
  const [by, setBy] = useState<'segment' | 'customer'>('segment')
  const segments = api.useQuery('get', '/api/v1/segments')
  const required = [{ required: true, message: t('kit.form.required') }]
  const submit = async (v: Values) => {
    const { data } = await http.POST('/api/v1/seminars/{id}/invitations', {
      params: { path: { id: m.id } },
      body: by === 'segment' ? { segment_id: v.segment } : { customer_ids: v.customer ? [v.customer] : [] },
    })
    await happened()
    if (data) void message.success(t('seminar.invited', { ...data }))
  }
  return (
    <FormDrawer<Values>
      open
      title={t('seminar.invite')}
      submitText={t('seminar.invite')}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="form-about">
        <Choice
          label={t('seminar.invite_by')}
          value={by}
          onChange={setBy}
          options={[
            { value: 'segment', label: t('seminar.by_segment') },
            { value: 'customer', label: t('seminar.by_customer') },
          ]}
        />
      </div>
      {by === 'segment' ? (
        <Form.Item
          name="segment"
          label={t('seminar.segment')}
          rules={required}
          extra={t('seminar.segment_hint')}
          className="form-last"
        >
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            loading={segments.isPending}
            options={segments.data?.items.map((s) => ({
              value: s.id,
              label: t('seminar.segment_of', { name: s.name, n: s.members }),
            }))}
          />
        </Form.Item>
      ) : (
        <Form.Item name="customer" label={t('seminar.customer')} rules={required} className="form-last">
          <CustomerSelect />
        </Form.Item>
      )}
    </FormDrawer>
  )
}
