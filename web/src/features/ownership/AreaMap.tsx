import { keepPreviousData } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { useFormat } from '@/kit/format'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { huesOf, keyOf, nameOf, type Tile } from './areaTiles'
import type { useAreaActs } from './useAreaActs'
import './areamap.css'

type Contract = Schemas['OwnershipContractView']
type MapView = Schemas['OwnershipAreaMapView']

interface Props {
  region?: string
  onRegion: (code?: string) => void
  /** Missing for those who may only look. */
  acts?: ReturnType<typeof useAreaActs>
}

const tones: Record<Tile['state'], StatusTone> = {
  overlap: 'warn',
  contracted: 'ok',
  inherited: 'active',
  partly: 'neutral',
  open: 'bad',
}

/** The regions of the country as tiles, coloured by who has contracted them; a press shows one, and looks inside it. */
export default function AreaMap({ region, onRegion, acts }: Props) {
  const { t } = useTranslation()
  const text = useText()
  const [chosen, setChosen] = useState('')
  const query = api.useQuery(
    'get',
    '/api/v1/ownership/areas/map',
    { params: { query: { region } } },
    { placeholderData: keepPreviousData },
  )
  const go = (code?: string) => {
    setChosen('')
    onRegion(code || undefined)
  }
  return (
    <QueryView query={query} lines={10}>
      {(m) => {
        const place = text(m.path.at(-1)?.name ?? { zh: '', en: '' }) || t('ownership.area.map.country')
        const tile = m.tiles.find((x) => keyOf(x) === chosen) ?? m.self
        return (
          <div className="area-map">
            <Panel title={place}>
              {m.path.length > 0 && <Path map={m} onGo={go} />}
              <Tiles
                map={m}
                label={t('ownership.area.map.map_label', { region: place })}
                chosen={chosen}
                onChoose={setChosen}
              />
            </Panel>
            <Detail tile={tile} place={place} onGo={go} acts={acts} />
            <Panel title={t('ownership.area.map.areas', { region: place })} flush>
              <Rows map={m} onChoose={setChosen} />
            </Panel>
          </div>
        )
      }}
    </QueryView>
  )
}

function Path({ map, onGo }: { map: MapView; onGo: (code?: string) => void }) {
  const { t } = useTranslation()
  const text = useText()
  const steps = [
    { code: '', label: t('ownership.area.map.country') },
    ...map.path.map((p) => ({ code: p.code, label: text(p.name) })),
  ]
  return (
    <nav className="row area-path" aria-label={t('ownership.area.map.where')}>
      {steps.map((s, i) =>
        i === steps.length - 1 ? (
          <b key={s.code} aria-current="location">
            {s.label}
          </b>
        ) : (
          <span key={s.code}>
            <button type="button" className="text-button" onClick={() => onGo(s.code)}>
              {s.label}
            </button>{' '}
            ›
          </span>
        ),
      )}
    </nav>
  )
}

interface TilesProps {
  map: MapView
  label: string
  chosen: string
  onChoose: (key: string) => void
}

function Tiles({ map, label, chosen, onChoose }: TilesProps) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  const hues = huesOf(map.tiles)
  const country = map.path.length === 0
  if (map.tiles.length === 0) return <p className="muted">{t('ownership.area.map.streets')}</p>
  return (
    <>
      <ul className={country ? 'area-tiles area-country' : 'area-tiles'} aria-label={label}>
        {map.tiles.map((x) => {
          const who = whoOf(x, text) || t('ownership.nobody')
          const state = t(`ownership.area.map.state.${x.state}`)
          return (
            <li key={keyOf(x)} className={country ? `area-at-${x.code}` : undefined}>
              <button
                type="button"
                className={`area-tile area-${x.state} area-hue-${hues.get(keyOf(x)) ?? 'none'}`}
                aria-pressed={chosen === keyOf(x)}
                aria-label={t('ownership.area.map.tile', { name: text(x.name), state, who, n: num(x.customers) })}
                onClick={() => onChoose(keyOf(x))}
              >
                <b>{text(x.name)}</b>
                <span className="area-who">{whoOf(x, text)}</span>
                <span className="num area-n">{num(x.customers)}</span>
              </button>
            </li>
          )
        })}
      </ul>
      {map.loose > 0 && <p className="muted">{t('ownership.area.map.loose', { n: num(map.loose) })}</p>}
    </>
  )
}

const whoOf = (x: Tile, text: (v: { zh: string; en: string }) => string): string =>
  nameOf(x)
    .map((c) => c.user_name || text(c.unit_name))
    .join(' · ')

interface DetailProps {
  tile: Tile
  place: string
  onGo: (code?: string) => void
  acts?: ReturnType<typeof useAreaActs>
}

/** One area: who answers for it, how many customers are there, and what can be done. */
function Detail({ tile: x, place, onGo, acts }: DetailProps) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  const name = text(x.name) || place
  const figures = [
    [t('ownership.customers'), x.customers],
    [t('ownership.area.owned'), x.owned],
    [t('ownership.area.map.open_customers'), x.open],
  ] as const
  return (
    <Panel title={name} extra={<StatusDot tone={tones[x.state]} label={t(`ownership.area.map.state.${x.state}`)} />}>
      <dl className="area-figures">
        {figures.map(([label, n]) => (
          <div key={label}>
            <dt className="muted">{label}</dt>
            <dd className="num">{num(n)}</dd>
          </div>
        ))}
      </dl>
      {x.contracts.length === 0 && x.above.length === 0 && (
        <p className="muted">{t('ownership.area.map.no_contract')}</p>
      )}
      {x.contracts.length > 0 && (
        <ul className="area-contracts">
          {x.contracts.map((c) => (
            <li key={c.id}>
              <Term contract={c} />
              {acts && (
                <>
                  <button type="button" className="text-button" onClick={() => acts.open({ name, change: c })}>
                    {t('ownership.area.map.change')}
                  </button>
                  <button type="button" className="text-button" onClick={() => void acts.end(c, name)}>
                    {t('ownership.area.end')}
                  </button>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {x.above.length > 0 && (
        <>
          <p className="muted">{t('ownership.area.map.above')}</p>
          <ul className="area-contracts">
            {x.above.map((c) => (
              <li key={c.id}>
                <Term contract={c} />
              </li>
            ))}
          </ul>
        </>
      )}
      {x.below > 0 && <p className="muted">{t('ownership.area.map.below', { count: x.below })}</p>}
      <div className="row area-acts">
        {name !== place && !x.street && <Button onClick={() => onGo(x.code)}>{t('ownership.area.map.inside')}</Button>}
        {acts && x.code && !x.street && (
          <>
            <Button onClick={() => acts.open({ name, region: x.code })}>{t('ownership.area.map.contract')}</Button>
            <Button onClick={() => acts.open({ name, region: x.code, street: true })}>
              {t('ownership.area.map.contract_street')}
            </Button>
          </>
        )}
      </div>
    </Panel>
  )
}

function Term({ contract: c }: { contract: Contract }) {
  const { t } = useTranslation()
  const text = useText()
  return (
    <>
      <b>{c.user_name || text(c.unit_name)}</b>
      <span className="muted num grow">
        {c.until
          ? t('ownership.area.map.until_day', { from: c.from, until: c.until })
          : t('ownership.area.map.until_open', { from: c.from })}
      </span>
    </>
  )
}

function Rows({ map, onChoose }: { map: MapView; onChoose: (key: string) => void }) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  return (
    <PlainTable
      rows={map.tiles}
      rowKey={keyOf}
      columns={[
        {
          key: 'area',
          title: t('ownership.area.area'),
          head: true,
          render: (x) => (
            <button type="button" className="text-button" onClick={() => onChoose(keyOf(x))}>
              {text(x.name)}
            </button>
          ),
        },
        { key: 'who', title: t('ownership.area.who'), render: (x) => whoOf(x, text) || '—' },
        { key: 'customers', title: t('ownership.customers'), num: true, right: true, render: (x) => num(x.customers) },
        { key: 'owned', title: t('ownership.area.owned'), num: true, right: true, render: (x) => num(x.owned) },
        {
          key: 'open',
          title: t('ownership.area.map.open_customers'),
          num: true,
          right: true,
          render: (x) => num(x.open),
        },
        {
          key: 'state',
          title: t('ownership.state'),
          render: (x) => <StatusDot tone={tones[x.state]} label={t(`ownership.area.map.state.${x.state}`)} />,
        },
      ]}
    />
  )
}
