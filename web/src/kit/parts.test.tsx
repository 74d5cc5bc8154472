import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Form, Input } from 'antd'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/api/error'
import { show } from '../../test/show'
import { Chart } from './Chart'
import { BulkBar, DataTable } from './DataTable'
import { EmptyState } from './EmptyState'
import { ErrorState } from './ErrorState'
import { FilterBar } from './FilterBar'
import { FormDrawer } from './FormDrawer'
import type { Filter } from './filters'
import { GradeTag, toneByRank } from './GradeTag'
import { QueryView } from './Loading'
import { Money } from './Money'
import { SavedViews, sameState } from './SavedViews'
import { Timeline } from './Timeline'
import { accepted, fileSize, UploadDrop } from './UploadDrop'
import { allows } from './usePermission'
import { Why } from './Why'

const user = userEvent.setup()

describe('ErrorState', () => {
  it('says the sentence of a code, shows the code, retries', async () => {
    const retry = vi.fn()
    show(<ErrorState error={new ApiError(503, 'server.unavailable')} onRetry={retry} />)
    expect(screen.getByRole('alert')).toHaveProperty('textContent', expect.stringContaining('服务暂时不可用'))
    expect(screen.getByText('server.unavailable · 503')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: '重试' }))
    expect(retry).toHaveBeenCalledOnce()
  })
  it('names an unknown code, so that support can look it up', () => {
    show(<ErrorState error={new ApiError(400, 'moon.missing')} />)
    expect(screen.getByRole('alert').textContent).toContain('（代码 moon.missing）')
  })
})

describe('QueryView', () => {
  const base = { data: undefined, error: null, isPending: true, refetch: vi.fn() }
  it('shows loading, then the error with a retry, then the data', () => {
    const view = (q: object) => <QueryView<string> query={{ ...base, ...q } as never}>{(d) => <p>{d}</p>}</QueryView>
    const { rerender } = show(view({}))
    expect(screen.getByRole('status', { name: '正在加载' })).toBeTruthy()
    rerender(view({ isPending: false, error: new ApiError(500, 'server.failed') }))
    expect(screen.getByRole('button', { name: '重试' })).toBeTruthy()
    rerender(view({ isPending: false, data: '好' }))
    expect(screen.getByText('好')).toBeTruthy()
  })
  it('keeps old data on the screen when a refetch fails', () => {
    show(
      <QueryView<string> query={{ ...base, data: '旧', isPending: false, error: new Error('x') } as never}>
        {(d) => <p>{d}</p>}
      </QueryView>,
    )
    expect(screen.getByText('旧')).toBeTruthy()
    expect(screen.queryByRole('alert')).toBeNull()
  })
})

describe('Money', () => {
  it('shows 万 with the exact amount on hover, and a dash for nothing', async () => {
    show(
      <>
        <Money minor="1250000000" short />
        <Money minor={null} />
      </>,
    )
    await user.hover(screen.getByText('¥1,250.00 万', { exact: false }))
    expect(await screen.findByText('¥12,500,000.00')).toBeTruthy()
    expect(screen.getByText('—')).toBeTruthy()
  })
})

describe('FilterBar', () => {
  const fields = [
    {
      key: 'grade',
      label: '等级',
      kind: 'choice' as const,
      options: [
        { value: 'A', label: 'A 级' },
        { value: 'B', label: 'B 级' },
      ],
    },
    { key: 'sales', label: '销售额', kind: 'money' as const },
  ]
  function Bar({ onFilters }: { onFilters: (f: Filter[]) => void }) {
    const [f, setF] = useState<Filter[]>([{ field: 'grade', op: 'in', values: ['A'] }])
    return <FilterBar fields={fields} filters={f} onFilters={(n) => [setF(n), onFilters(n)]} />
  }
  it('says a condition in words and removes it', async () => {
    const changed = vi.fn()
    show(<Bar onFilters={changed} />)
    expect(screen.getByRole('button', { name: '等级 是 A 级' })).toBeTruthy()
    await user.click(screen.getByRole('button', { name: '移除条件：等级' }))
    expect(changed).toHaveBeenLastCalledWith([])
  })
  it('adds a condition; money is typed in 元 and kept in minor units', async () => {
    const changed = vi.fn()
    show(<Bar onFilters={changed} />)
    await user.click(screen.getByRole('button', { name: '筛选' }))
    await user.click(await screen.findByRole('button', { name: '销售额' }))
    const form = await screen.findByRole('form', { name: '销售额' })
    expect(within(form).getByRole('button', { name: '应用' })).toHaveProperty('disabled', true)
    await user.type(within(form).getByRole('textbox', { name: '销售额' }), '1,000.5')
    await user.click(within(form).getByRole('button', { name: '应用' }))
    expect(changed).toHaveBeenLastCalledWith([
      { field: 'grade', op: 'in', values: ['A'] },
      { field: 'sales', op: 'gte', values: ['100050'] },
    ])
  })
  it('reports a search once, after the pause', async () => {
    const q = vi.fn()
    show(<FilterBar fields={[]} filters={[]} onFilters={() => {}} q="" onQ={q} />)
    await user.type(screen.getByRole('searchbox'), '启明 ')
    await waitFor(() => expect(q).toHaveBeenCalledWith('启明'))
    expect(q).toHaveBeenCalledOnce()
  })
})

describe('SavedViews', () => {
  const mine = { id: '1', name: '我的', shared: false, mine: true, state: 'q=a&filter=grade:in:A' }
  const all = {
    views: [mine],
    onChoose: vi.fn(),
    onSave: vi.fn(async () => {}),
    onSaveAs: vi.fn(async () => {}),
    onDelete: vi.fn(),
    all: '全部',
  }
  it('compares states regardless of order', () => {
    expect(sameState('q=a&filter=x&filter=y', 'filter=y&q=a&filter=x')).toBe(true)
    expect(sameState('q=a', 'q=b')).toBe(false)
  })
  it('offers saving only when the view was changed', async () => {
    const { rerender } = show(<SavedViews {...all} current="1" state="filter=grade%3Ain%3AA&q=a" />)
    expect(screen.queryByText('视图已修改')).toBeNull()
    rerender(<SavedViews {...all} current="1" state="q=b" />)
    await user.click(screen.getByRole('button', { name: '保存' }))
    expect(all.onSave).toHaveBeenCalledWith({ ...mine, state: 'q=b' })
    await user.click(screen.getByRole('button', { name: '还原' }))
    expect(all.onChoose).toHaveBeenCalledWith(mine)
  })
})

describe('BulkBar', () => {
  it('offers all results once the loaded ones are selected', async () => {
    const select = vi.fn()
    show(
      <BulkBar selection={{ all: false, ids: ['1', '2'] }} total={2013} loaded={2} onSelect={select}>
        <i />
      </BulkBar>,
    )
    await user.click(screen.getByRole('button', { name: '选择全部 2,013 条结果' }))
    expect(select).toHaveBeenCalledWith({ all: true, ids: [] })
  })
  it('does not offer them when everything is loaded', () => {
    show(
      <BulkBar selection={{ all: false, ids: ['1'] }} total={1} loaded={1} onSelect={() => {}}>
        <i />
      </BulkBar>,
    )
    expect(screen.queryByText(/选择全部/)).toBeNull()
  })
})

describe('DataTable on the phone', () => {
  const base = {
    id: 't',
    label: '客户',
    columns: [],
    rowKey: (r: { id: string }) => r.id,
    rowLabel: (r: { id: string }) => r.id,
    card: (r: { id: string }) => <b>{r.id}</b>,
  }
  const phone = () =>
    vi.spyOn(window, 'matchMedia').mockImplementation(
      (q) =>
        ({
          matches: q.includes('767'),
          media: q,
          addEventListener: () => {},
          removeEventListener: () => {},
        }) as never,
    )
  it('shows cards, the count and more', async () => {
    const spy = phone()
    const load = vi.fn()
    show(
      <DataTable
        {...base}
        rows={[{ id: '甲' }, { id: '乙' }]}
        total={5}
        more={{ has: true, loading: false, load }}
        empty={null}
      />,
    )
    expect(screen.getAllByRole('listitem')).toHaveLength(2)
    expect(screen.getByText('已加载 2 / 共 5 条')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: '加载更多' }))
    expect(load).toHaveBeenCalled()
    spy.mockRestore()
  })
  it('shows what is empty, and a fault in place of the list with the filters still there', () => {
    const spy = phone()
    const { rerender } = show(<DataTable {...base} rows={[]} empty={<EmptyState title="没有客户" />} />)
    expect(screen.getByText('没有客户')).toBeTruthy()
    rerender(
      <DataTable
        {...base}
        rows={undefined}
        error={new ApiError(500, 'server.failed')}
        bar={<i>条件</i>}
        empty={null}
      />,
    )
    expect(screen.getByRole('alert')).toBeTruthy()
    expect(screen.getByText('条件')).toBeTruthy()
    spy.mockRestore()
  })
})

describe('FormDrawer', () => {
  const form = (onSubmit: (v: object) => Promise<unknown>, onClose = vi.fn()) => {
    show(
      <FormDrawer open title="新建" onSubmit={onSubmit} onClose={onClose}>
        <Form.Item name="name" label="名称">
          <Input />
        </Form.Item>
      </FormDrawer>,
    )
    return onClose
  }
  it('puts a refused field beside its input and keeps what was typed', async () => {
    form(async () => {
      throw new ApiError(422, 'request.refused', {}, [{ path: 'body.name', code: 'field.invalid', args: {} }])
    })
    await user.type(screen.getByLabelText('名称'), '启明')
    await user.click(screen.getByRole('button', { name: '保存' }))
    expect(await screen.findByText('此项填写有误，请修改。')).toBeTruthy()
    expect(screen.getByLabelText('名称')).toHaveProperty('value', '启明')
    expect(screen.queryByText('request.refused · 422')).toBeNull()
    await user.type(screen.getByLabelText('名称'), '科技')
    await waitFor(() => expect(screen.queryByText('此项填写有误，请修改。')).toBeNull())
  })
  it('says a fault without fields at the head and stays open', async () => {
    const close = form(async () => {
      throw new ApiError(409, 'request.conflict')
    })
    await user.click(screen.getByRole('button', { name: '保存' }))
    expect(await screen.findByText('request.conflict · 409')).toBeTruthy()
    expect(close).not.toHaveBeenCalled()
  })
  it('closes after a success', async () => {
    const saved = vi.fn(async () => {})
    const close = form(saved)
    await user.type(screen.getByLabelText('名称'), '启明')
    await user.click(screen.getByRole('button', { name: '保存' }))
    await waitFor(() => expect(close).toHaveBeenCalled())
    expect(saved).toHaveBeenCalledWith({ name: '启明' })
  })
  it('asks before throwing typed text away', async () => {
    const close = form(async () => {})
    await user.type(screen.getByLabelText('名称'), '启明')
    await user.click(screen.getByRole('button', { name: '取消' }))
    expect((await screen.findAllByText('放弃填写的内容？')).length).toBeGreaterThan(0)
    expect(close).not.toHaveBeenCalled()
    await user.click(screen.getByRole('button', { name: '放弃' }))
    await waitFor(() => expect(close).toHaveBeenCalled())
  })
})

describe('Why', () => {
  const verdict = {
    grade: 'B',
    score: '118',
    rulebook: '年度分级',
    version: '3',
    asOf: '2026-11-01',
    items: [{ label: '销售额', value: '1,250 万', points: '60', maxPoints: '90', filled: 67, clause: '4.2' }],
    inputs: [{ label: '首次合作', value: '', missing: true }],
    next: { grade: 'A', missing: [{ label: '总分', need: '150', have: '118', gap: '32' }] },
  }
  it('names points, clause, what is missing and which data is absent', async () => {
    const clause = vi.fn()
    show(<Why verdict={verdict} onClause={clause} />)
    expect(screen.getByText('距离 A 还差')).toBeTruthy()
    expect(screen.getByText('差 32')).toBeTruthy()
    expect(screen.getByText('无数据')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: '第 4.2 条' }))
    expect(clause).toHaveBeenCalledWith('4.2')
  })
  it('says so at the top', () => {
    show(<Why verdict={{ ...verdict, next: undefined }} />)
    expect(screen.getByText('已是最高等级。')).toBeTruthy()
  })
})

describe('Timeline', () => {
  it('filters by kind', async () => {
    show(
      <Timeline
        kinds={[
          { key: 'visit', label: '拜访' },
          { key: 'order', label: '订单' },
        ]}
        entries={[
          { id: '1', at: '2026-11-20', kind: 'visit', title: '上门' },
          { id: '2', at: '2026-11-20', kind: 'order', title: '下单' },
        ]}
      />,
    )
    await user.click(screen.getByRole('button', { name: '订单' }))
    expect(screen.queryByText('上门')).toBeNull()
    expect(screen.getByText('下单')).toBeTruthy()
  })
})

describe('Chart', () => {
  it('shows its figures as a table', async () => {
    show(
      <Chart
        spec={{
          label: '销售',
          axis: '月份',
          categories: ['01', '02'],
          series: [{ name: '销售额', kind: 'bar', values: [1200, null] }],
        }}
      />,
    )
    await user.click(screen.getByRole('button', { name: '查看数据' }))
    expect(screen.getByRole('cell', { name: '1,200' })).toBeTruthy()
    expect(screen.getByRole('cell', { name: '—' })).toBeTruthy()
  })
})

describe('UploadDrop', () => {
  it('refuses a wrong kind and a large file by name, and takes the right one', async () => {
    const take = vi.fn()
    const anyKind = userEvent.setup({ applyAccept: false })
    show(<UploadDrop accept=".csv" maxBytes={4} onFiles={take} />)
    const input = screen.getByLabelText('点击选择文件，或拖到这里')
    await anyKind.upload(input, new File(['x'], '表.pdf'))
    expect(screen.getByRole('alert').textContent).toContain('表.pdf')
    await anyKind.upload(input, new File(['12345'], '大.csv'))
    expect(screen.getByRole('alert').textContent).toContain('4 B')
    expect(take).not.toHaveBeenCalled()
    await anyKind.upload(input, new File(['1'], '好.CSV'))
    expect(take).toHaveBeenCalledOnce()
    expect(screen.queryByRole('alert')).toBeNull()
  })
  it('knows kinds and sizes', () => {
    expect(accepted({ name: 'a.JPG', type: 'image/jpeg' }, 'image/*')).toBe(true)
    expect(accepted({ name: 'a.jpg', type: 'image/jpeg' }, '.png,.csv')).toBe(false)
    expect([fileSize(999), fileSize(1500), fileSize(20_000_000)]).toEqual(['999 B', '1.5 kB', '20 MB'])
  })
})

describe('grades and permissions', () => {
  it('spread the tones over a scheme', () => {
    expect([0, 1, 2, 3].map((r) => toneByRank(r, 4))).toEqual(['top', 'high', 'plain', 'low'])
    expect([0, 1].map((r) => toneByRank(r, 2))).toEqual(['top', 'plain'])
  })
  it('open the reason by a named button', async () => {
    const why = vi.fn()
    show(<GradeTag label="A" onWhy={why} />)
    await user.click(screen.getByRole('button', { name: '等级 A，查看依据' }))
    expect(why).toHaveBeenCalledOnce()
  })
  it('deny what is not held, and a reach that is too wide', () => {
    expect(allows({ 'customer.read': 'unit' }, 'customer.read')).toBe(true)
    expect(allows({ 'customer.read': 'unit' }, 'customer.read', 'all')).toBe(false)
    expect(allows({}, 'customer.read')).toBe(false)
    expect(allows(undefined, 'customer.read')).toBe(false)
  })
})
