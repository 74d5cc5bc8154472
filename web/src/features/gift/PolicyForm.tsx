import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas } from '@/api/client'
import { FormDrawer } from '@/kit/FormDrawer'
import { useGiftsRefresh } from '@/kit/gifts'

type Policy = Schemas['GiftPolicyView']

const values = ['approve_above', 'most', 'per_year'] as const

/** What the house sets about gifts. */
export default function PolicyForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const refresh = useGiftsRefresh()
  const { data, refetch } = api.useQuery('get', '/api/v1/settings/gifts')
  if (!data) return null
  const submit = async (body: Policy) => {
    await http.PUT('/api/v1/settings/gifts', { body })
    await Promise.all([refresh(), refetch()])
  }
  return (
    <FormDrawer<Policy>
      open
      title={t('gift.policy.title')}
      initial={data}
      done={t('gift.policy.saved')}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="currency"
        label={t('gift.policy.currency')}
        rules={[{ pattern: /^[A-Z]{3}$/, required: true, message: t('gift.policy.currency_wrong') }]}
      >
        <Input className="num" maxLength={3} />
      </Form.Item>
      {values.map((name, i) => (
        <Form.Item
          key={name}
          name={name}
          label={t(`gift.policy.${name}`)}
          extra={t('gift.policy.none')}
          className={i === values.length - 1 ? 'form-last' : undefined}
          rules={[{ required: true, pattern: /^\d+(\.\d{1,2})?$/, message: t('gift.value_wrong') }]}
        >
          <Input className="num" inputMode="decimal" maxLength={20} />
        </Form.Item>
      ))}
    </FormDrawer>
  )
}
