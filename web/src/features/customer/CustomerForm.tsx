import { Form, type FormInstance, Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { useKeyFor } from '@/api/useKeyFor'
import { useMe } from '@/app/account'
import { DateInput } from '@/kit/DateInput'
import { FormDrawer } from '@/kit/FormDrawer'
import { CodeInput } from './CodeInput'
import { CustomFieldItem } from './CustomFieldItem'
import { Duplicates, useDuplicates } from './Duplicates'
import {
  type Customer,
  type CustomerWrite,
  inUse,
  parties,
  statuses,
  useColleagues,
  useCustomFields,
  useKinds,
  useNames,
  useTags,
} from './data'
import { changed } from './edit'
import { IdentifierRows } from './IdentifierRows'
import { useSave } from './useSave'

type Values = Omit<CustomerWrite, 'confirm_duplicate'>

interface Props {
  /** The customer to be changed; without it a new one is made. */
  customer?: Customer
  onClose: () => void
  onSaved: (c: Customer) => void
}

/** The form of a customer. It looks for those who may be the same while somebody types. */
export default function CustomerForm({ customer, onClose, onSaved }: Props) {
  const { t } = useTranslation()
  const me = useMe()
  const save = useSave()
  const [confirmed, setConfirmed] = useState(false)
  const [keyFor] = useKeyFor()
  const submit = async (values: Values) => {
    const body = tidy(values)
    if (customer) {
      const done = await save(customer, changed(customer, body), { confirmDuplicate: confirmed })
      if (done) onSaved(done)
      return
    }
    const created = { ...body, confirm_duplicate: confirmed }
    const { data } = await http.POST('/api/v1/customers', { body: created, headers: keyFor(created) })
    if (data) onSaved(data)
  }
  return (
    <FormDrawer<Values>
      open
      title={t(customer ? 'customer.form.edit' : 'customer.create')}
      initial={customer ? initialOf(customer) : fresh(me?.id)}
      submitText={t(customer ? 'kit.save' : 'customer.form.create')}
      done={customer ? undefined : t('customer.form.created')}
      onSubmit={submit}
      onClose={onClose}
    >
      {(form) => <FormBody form={form} customer={customer} confirmed={confirmed} onConfirm={setConfirmed} />}
    </FormDrawer>
  )
}

const fresh = (me: string | undefined): Values => ({
  party: 'org',
  status: 'active',
  owner_id: me,
  identifiers: [{ type: 'uscc', value: '' }],
  contacts: [{ primary: true }],
})

function initialOf(c: Customer): Values {
  return {
    code: c.code,
    party: c.party,
    name: c.name,
    name_en: c.name_en,
    former_names: c.former_names,
    kind: c.kind,
    status: c.status,
    region: c.region,
    industry: c.industry,
    address: c.address,
    owner_id: c.owner?.id ?? '',
    tags: c.tags,
    identifiers: c.identifiers,
    custom: c.custom,
    note: c.note,
    since: c.since,
  }
}

/** tidy leaves out what was not filled in and makes emptied fields empty texts, as the server wants them. */
function tidy(v: Values): Values {
  const contacts = v.contacts?.filter((c) => c.name?.trim())
  return {
    ...v,
    code: v.code?.trim() || undefined,
    kind: v.kind ?? '',
    owner_id: v.owner_id ?? '',
    since: v.since ?? '',
    identifiers: v.identifiers?.filter((n) => n.value?.trim()),
    contacts: contacts?.length ? contacts : undefined,
    custom: v.custom && Object.fromEntries(Object.entries(v.custom).map(([k, x]) => [k, x ?? ''])),
  }
}

interface BodyProps {
  form: FormInstance<Values>
  customer?: Customer
  confirmed: boolean
  onConfirm: (on: boolean) => void
}

function FormBody({ form, customer, confirmed, onConfirm }: BodyProps) {
  const { t } = useTranslation()
  const label = (k: string) => t(`customer.field.${k}`)
  const party = Form.useWatch('party', form) ?? customer?.party ?? 'org'
  const found = useDuplicates(form, customer?.id)
  return (
    <>
      <Form.Item name="party" label={label('party')}>
        <Radio.Group options={parties.map((p) => ({ value: p, label: t(`customer.party.${p}`) }))} />
      </Form.Item>
      <Form.Item
        name="name"
        label={label('name')}
        rules={[{ required: true, whitespace: true, message: t('kit.form.required') }]}
      >
        <Input maxLength={300} autoFocus={!customer} />
      </Form.Item>
      <IdentifierRows form={form as FormInstance} party={party} />
      <Duplicates found={found} confirmed={confirmed} onConfirm={onConfirm} />
      <div className="two">
        <KindItem />
        <Form.Item name="status" label={label('status')}>
          <Select options={statuses.map((s) => ({ value: s, label: t(`customer.status.${s}`) }))} />
        </Form.Item>
      </div>
      <div className="two">
        <OwnerItem />
        <Form.Item name="since" label={label('since')}>
          <DateInput />
        </Form.Item>
      </div>
      <Form.Item name="region" label={label('region')}>
        <CodeInput table="regions" />
      </Form.Item>
      <Form.Item name="address" label={label('address')}>
        <Input maxLength={500} />
      </Form.Item>
      {!customer && <FirstContact />}
      <Form.Item name="industry" label={label('industry')}>
        <CodeInput table="industries" />
      </Form.Item>
      <TagsItem />
      <div className="two">
        <Form.Item name="code" label={label('code')} extra={customer ? undefined : t('customer.form.code_hint')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="name_en" label={label('name_en')}>
          <Input maxLength={300} />
        </Form.Item>
      </div>
      {customer && (
        <Form.Item name="former_names" label={label('former_names')}>
          <Select mode="tags" open={false} suffixIcon={null} />
        </Form.Item>
      )}
      <CustomItems />
      <Form.Item name="note" label={label('note')} className="form-last">
        <Input.TextArea rows={3} maxLength={4000} />
      </Form.Item>
    </>
  )
}

function KindItem() {
  const { t } = useTranslation()
  const names = useNames()
  const kinds = useKinds().data?.items ?? []
  return (
    <Form.Item name="kind" label={t('customer.field.kind')}>
      <Select allowClear options={kinds.map((k) => ({ value: k.kind, label: names.kind(k.kind) }))} />
    </Form.Item>
  )
}

function OwnerItem() {
  const { t } = useTranslation()
  const people = useColleagues().data?.items.filter((p) => p.active) ?? []
  return (
    <Form.Item name="owner_id" label={t('customer.field.owner')}>
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        options={[{ value: '', label: t('customer.nobody') }, ...people.map((p) => ({ value: p.id, label: p.name }))]}
      />
    </Form.Item>
  )
}

function TagsItem() {
  const { t } = useTranslation()
  const tags = useTags().data?.items ?? []
  return (
    <Form.Item name="tags" label={t('customer.field.tags')}>
      <Select mode="tags" options={tags.map((x) => ({ value: x.tag, label: x.tag }))} />
    </Form.Item>
  )
}

function FirstContact() {
  const { t } = useTranslation()
  return (
    <div className="two">
      <Form.Item name={['contacts', 0, 'name']} label={t('customer.field.contact')}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name={['contacts', 0, 'phone']} label={t('customer.field.contact_phone')}>
        <Input maxLength={100} inputMode="tel" />
      </Form.Item>
      <Form.Item name={['contacts', 0, 'primary']} hidden>
        <Input />
      </Form.Item>
    </div>
  )
}

function CustomItems() {
  return inUse(useCustomFields().data?.items).map((f) => <CustomFieldItem key={f.id} field={f} />)
}
