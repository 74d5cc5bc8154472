import { Checkbox, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { http, type Schemas } from '@/api/client'
import { DateInput } from '@/kit/DateInput'
import { FormDrawer } from '@/kit/FormDrawer'
import { civil } from '@/kit/format'
import { useRefresh } from './data'

interface Props {
  customerID: string
  /** Undefined for a new one. */
  machine?: Schemas['EquipmentMachineView']
  onClose: () => void
}

interface Values {
  serial?: string
  product?: string
  on: string
  warranty_until?: string
  place?: string
  contract?: string
  removed?: boolean
}

/** Records a machine, or what has changed about one: the newest record speaks, those before it stay. */
export default function EquipmentForm({ customerID, machine: m, onClose }: Props) {
  const { t } = useTranslation()
  const refresh = useRefresh()
  const today = civil(new Date())
  const needed = [{ required: true, whitespace: true, message: t('kit.form.required') }]
  const submit = async (v: Values) => {
    const attrs = { serial: v.serial, warranty_until: v.warranty_until, place: v.place, contract: v.contract }
    const said = Object.entries(attrs).flatMap(([k, x]) => (x?.trim() ? [[k, x.trim()]] : []))
    await http.POST('/api/v1/customers/{id}/facts', {
      params: { path: { id: customerID } },
      body: {
        kind: 'installation',
        occurred_on: v.on,
        product: v.product?.trim(),
        status: v.removed ? 'removed' : undefined,
        attrs: Object.fromEntries(said),
      },
    })
    await refresh()
  }
  return (
    <FormDrawer<Values>
      open
      title={t(m ? 'equipment.change' : 'equipment.create')}
      initial={
        m
          ? {
              serial: m.serial,
              product: m.product,
              on: today,
              warranty_until: m.warranty_until,
              place: m.place,
              contract: m.contract,
            }
          : { on: today }
      }
      done={t('record.saved')}
      onSubmit={submit}
      onClose={onClose}
    >
      {m && <p className="form-about muted">{t('equipment.change_hint')}</p>}
      <div className="two">
        <Form.Item name="product" label={t('fact.product')} rules={needed}>
          <Input maxLength={100} autoFocus={!m} />
        </Form.Item>
        <Form.Item name="serial" label={t('equipment.serial')} rules={needed}>
          <Input maxLength={60} disabled={Boolean(m)} className="num" />
        </Form.Item>
      </div>
      <div className="two">
        <Form.Item name="on" label={t(m ? 'fact.on' : 'equipment.installed_on')} rules={needed}>
          <DateInput max={today} />
        </Form.Item>
        <Form.Item name="warranty_until" label={t('equipment.warranty_until')}>
          <DateInput />
        </Form.Item>
      </div>
      <div className="two">
        <Form.Item name="place" label={t('equipment.place')}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="contract" label={t('equipment.contract')}>
          <Input maxLength={60} />
        </Form.Item>
      </div>
      {m && (
        <Form.Item name="removed" valuePropName="checked" className="form-last">
          <Checkbox>{t('equipment.removed')}</Checkbox>
        </Form.Item>
      )}
    </FormDrawer>
  )
}
