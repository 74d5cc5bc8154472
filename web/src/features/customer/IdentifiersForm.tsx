import type { FormInstance } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormDrawer } from '@/kit/FormDrawer'
import type { Customer, Identifier } from './data'
import { changed } from './edit'
import { IdentifierRows } from './IdentifierRows'
import { useSave } from './useSave'

interface Values {
  identifiers?: Identifier[]
}

/** The form of a customer's codes and numbers. */
export default function IdentifiersForm({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const { t } = useTranslation()
  const save = useSave()
  const submit = async (v: Values) => {
    const identifiers = (v.identifiers ?? []).filter((n) => n.value?.trim())
    await save(customer, changed(customer, { identifiers }))
  }
  return (
    <FormDrawer<Values>
      open
      title={t('customer.field.identifiers')}
      initial={{ identifiers: customer.identifiers }}
      onSubmit={submit}
      onClose={onClose}
    >
      {(form) => <IdentifierRows form={form as FormInstance} party={customer.party} />}
    </FormDrawer>
  )
}
