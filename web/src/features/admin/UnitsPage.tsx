import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Select } from 'antd'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http } from '@/api/client'
import { EmptyState } from '@/kit/EmptyState'
import { FormDrawer } from '@/kit/FormDrawer'
import { QueryView } from '@/kit/Loading'
import { NoAccess } from '@/kit/NoAccess'
import { Page, Panel } from '@/kit/Page'
import { usePermission } from '@/kit/usePermission'
import { useUnits } from './data'
import './admin.css'

interface Values {
  name_zh: string
  name_en?: string
  code: string
  parent_id?: string
}

/** The units of the company as a tree, and who works in them. */
export default function UnitsPage() {
  const { t } = useTranslation()
  const may = usePermission('user.manage')
  return may ? <Units /> : <NoAccess title={t('admin.page.units')} />
}

function Units() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const units = useUnits()
  const people = api.useQuery('get', '/api/v1/colleagues', {}, { staleTime: 60_000 })
  const [below, setBelow] = useState<string>()
  const required = { required: true, whitespace: true, message: t('kit.form.required') }
  const save = async (v: Values) => {
    await http.POST('/api/v1/units', { body: { ...v, code: v.code.trim(), parent_id: v.parent_id || undefined } })
    await client.invalidateQueries({ queryKey: ['get', '/api/v1/units'] })
  }
  const add = (
    <Button type="primary" icon={<Plus size={16} strokeWidth={1.75} />} onClick={() => setBelow('')}>
      {t('admin.unit.add')}
    </Button>
  )
  const members = (id: string) => people.data?.items.filter((c) => c.active && c.unit_id === id) ?? []
  return (
    <Page title={t('admin.page.units')} actions={add}>
      <div className="settings-column">
        <QueryView query={units.query} lines={6}>
          {() =>
            units.tree.length === 0 ? (
              <EmptyState title={t('admin.unit.none')} hint={t('admin.unit.none_hint')} actions={add} />
            ) : (
              <Panel>
                <p className="muted">{t('admin.unit.about')}</p>
                <ul className="tree">
                  {units.tree.map(({ unit, depth }) => (
                    <li key={unit.id} className={`depth-${Math.min(depth, DEEPEST)}`}>
                      <b>{units.name(unit)}</b>
                      <span className="muted num">{unit.code}</span>
                      <span className="muted grow tree-people">
                        {members(unit.id)
                          .map((c) => c.name)
                          .join(t('kit.list_comma'))}
                      </span>
                      <Button
                        type="text"
                        size="small"
                        aria-label={t('admin.unit.add_below', { name: units.name(unit) })}
                        icon={<Plus size={14} />}
                        onClick={() => setBelow(unit.id)}
                      />
                    </li>
                  ))}
                </ul>
              </Panel>
            )
          }
        </QueryView>
      </div>
      <FormDrawer<Values>
        key={below}
        open={below !== undefined}
        title={t('admin.unit.add')}
        initial={{ parent_id: below || undefined }}
        done={t('admin.unit.added')}
        onSubmit={save}
        onClose={() => setBelow(undefined)}
      >
        <Form.Item name="name_zh" label={t('admin.unit.name_zh')} rules={[required]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="name_en" label={t('admin.unit.name_en')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="code" label={t('admin.unit.code')} extra={t('admin.unit.code_hint')} rules={[required]}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="parent_id" label={t('admin.unit.parent')}>
          <Select
            allowClear
            placeholder={t('admin.unit.top')}
            options={units.tree.map((b) => ({ value: b.unit.id, label: units.name(b.unit) }))}
          />
        </Form.Item>
      </FormDrawer>
    </Page>
  )
}

const DEEPEST = 4
