import { Select } from 'antd'
import { CustomerSelect } from '@/kit/CustomerSelect'
import { FormFields as Plain, type SpecialInput } from '@/kit/FormFields'
import { type Field, usePeople, useUnitName, useUnits } from './data'

/** Inputs for what only people of the organisation may choose. */
const special: SpecialInput = (f, input) => {
  if (f.type === 'person') return <People {...input} many={f.many} />
  if (f.type === 'department') return <Departments {...input} many={f.many} />
  if (f.type === 'customer') return <CustomerSelect {...input} />
}

/** The entries of a form of the regulation, with the people, departments and customers of the organisation. */
export function FormFields({ fields, at }: { fields: Field[]; at: (string | number)[] }) {
  return <Plain fields={fields} at={at} special={special} />
}

function People({ many, ...rest }: { many?: boolean }) {
  const { data } = usePeople()
  return (
    <Select
      {...rest}
      mode={many ? 'multiple' : undefined}
      showSearch={{ optionFilterProp: 'label' }}
      options={data?.items.map((p) => ({ value: p.id, label: p.name }))}
    />
  )
}

function Departments({ many, ...rest }: { many?: boolean }) {
  const unitName = useUnitName()
  const { data } = useUnits()
  return (
    <Select
      {...rest}
      mode={many ? 'multiple' : undefined}
      showSearch={{ optionFilterProp: 'label' }}
      options={data?.items.map((u) => ({
        value: u.id,
        label: unitName(u),
      }))}
    />
  )
}
