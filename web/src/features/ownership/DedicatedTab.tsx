import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { CustomerLink } from '@/kit/CustomerLink'
import { EmptyState } from '@/kit/EmptyState'
import { useFormat } from '@/kit/format'
import { GradeTag } from '@/kit/GradeTag'
import { useGrades } from '@/kit/grades'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'

type Headcount = Schemas['OwnershipHeadcountView']

/** Customers who must have a dedicated owner, and whether there are enough people for them. */
export function DedicatedTab() {
  const { t } = useTranslation()
  const query = api.useQuery('get', '/api/v1/ownership/dedicated')
  return (
    <QueryView query={query} lines={6}>
      {(d) =>
        d.items.length === 0 ? (
          <EmptyState title={t('ownership.no_dedicated')} hint={t('ownership.no_rules_hint')} />
        ) : (
          d.items.map((h) => <Demand key={h.rulebook + h.clause} demand={h} />)
        )
      }
    </QueryView>
  )
}

function Demand({ demand: h }: { demand: Headcount }) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  const grade = useGrades()
  return (
    <>
      <Panel
        title={text(h.title)}
        extra={
          <StatusDot
            tone={h.without ? 'bad' : 'ok'}
            label={t('ownership.without', { n: num(h.without), all: num(h.customers) })}
          />
        }
      >
        <PlainTable
          rows={h.units}
          rowKey={(u) => u.unit_id || 'none'}
          note={t('ownership.headcount_note', { role: text(h.role), n: h.at_most, clause: h.clause })}
          columns={[
            {
              key: 'unit',
              title: t('ownership.unit'),
              head: true,
              render: (u) => text(u.name) || t('ownership.no_unit'),
            },
            {
              key: 'customers',
              title: t('ownership.customers'),
              num: true,
              right: true,
              render: (u) => num(u.customers),
            },
            {
              key: 'without',
              title: t('ownership.undedicated'),
              num: true,
              right: true,
              render: (u) => num(u.without),
            },
            { key: 'needed', title: t('ownership.needed'), num: true, right: true, render: (u) => num(u.needed) },
            { key: 'present', title: t('ownership.present'), num: true, right: true, render: (u) => num(u.present) },
            {
              key: 'short',
              title: t('ownership.short'),
              render: (u) => (
                <StatusDot
                  tone={u.short ? 'bad' : 'ok'}
                  label={u.short ? t('ownership.short_by', { n: u.short }) : t('ownership.enough')}
                />
              ),
            },
          ]}
        />
      </Panel>
      {h.items.length > 0 && (
        <Panel title={t('ownership.undedicated_list')} flush>
          <PlainTable
            rows={h.items}
            rowKey={(x) => x.customer_id}
            columns={[
              {
                key: 'name',
                title: t('ownership.customer'),
                head: true,
                render: (x) => (
                  <CustomerLink id={x.customer_id} className="link">
                    {x.name}
                  </CustomerLink>
                ),
              },
              { key: 'grade', title: t('ownership.grade'), render: (x) => <GradeTag {...grade(h.scheme, x.grade)} /> },
              { key: 'owner', title: t('ownership.now'), render: (x) => x.owner_name || t('ownership.nobody') },
            ]}
          />
        </Panel>
      )}
    </>
  )
}
