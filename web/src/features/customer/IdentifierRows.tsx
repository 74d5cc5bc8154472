import { Button, Form, type FormInstance, Input, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Identifier } from './data'
import { checkUscc } from './uscc'

export const identifierTypes = ['uscc', 'id_card', 'phone', 'email', 'tax', 'other'] as const

/** The identifiers of a customer as rows of a form; a code with a wrong check digit asks for the reason to keep it. */
export function IdentifierRows({ form, party }: { form: FormInstance; party: string }) {
  const { t } = useTranslation()
  const rows = (Form.useWatch('identifiers', form) ?? []) as Partial<Identifier>[]
  const types = identifierTypes.filter((x) => x !== (party === 'org' ? 'id_card' : 'uscc'))
  const next = types.find((x) => !rows.some((r) => r?.type === x)) ?? 'phone'
  return (
    <Form.List name="identifiers">
      {(fields, { add, remove }) => (
        <fieldset className="rows">
          <legend>{t('customer.field.identifiers')}</legend>
          {fields.map((f) => (
            <div key={f.key} className="id-row">
              <Form.Item name={[f.name, 'type']} noStyle>
                <Select
                  aria-label={t('customer.identifier.type')}
                  options={types.map((x) => ({ value: x, label: t(`customer.identifier.${x}`) }))}
                />
              </Form.Item>
              <Form.Item name={[f.name, 'value']} className="grow">
                <Input
                  maxLength={200}
                  aria-label={t('customer.identifier.value', {
                    type: t(`customer.identifier.${rows[f.name]?.type ?? 'other'}`),
                  })}
                />
              </Form.Item>
              <Button
                type="text"
                aria-label={t('customer.identifier.remove')}
                icon={<X size={14} />}
                onClick={() => remove(f.name)}
              />
              {asksReason(rows[f.name]) && (
                <Form.Item
                  className="id-reason"
                  name={[f.name, 'override_reason']}
                  label={t('customer.identifier.reason')}
                  extra={t('customer.identifier.reason_hint')}
                >
                  <Input maxLength={1000} />
                </Form.Item>
              )}
            </div>
          ))}
          <Button type="link" size="small" icon={<Plus size={14} />} onClick={() => add({ type: next, value: '' })}>
            {t('customer.identifier.add')}
          </Button>
        </fieldset>
      )}
    </Form.List>
  )
}

/** Whether the value looks wrong in its check digit, or was kept in spite of it before. */
function asksReason(n: Partial<Identifier> | undefined): boolean {
  if (!n?.value) return false
  if (n.override_reason) return true
  if (n.type === 'uscc') return checkUscc(n.value) === 'bad_check'
  return n.type === 'id_card' && /^\d{17}[\dXx]$/.test(n.value) && !cardOk(n.value)
}

const CARD_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** cardOk checks the last digit of an identity number (GB 11643). */
export function cardOk(n: string): boolean {
  const sum = CARD_WEIGHTS.reduce((s, w, i) => s + w * Number(n[i]), 0)
  return '10X98765432'[sum % 11] === n[17]?.toUpperCase()
}
