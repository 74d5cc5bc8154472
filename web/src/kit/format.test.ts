import { describe, expect, it } from 'vitest'
import { daysBetween, decimal, exactMoney, percent, short } from './format'

describe('money', () => {
  it('writes minor units exactly, beyond what a float can hold', () => {
    expect(exactMoney('123456', 'CNY')).toBe('1,234.56')
    expect(exactMoney('900719925474099312345', 'CNY')).toBe('9,007,199,254,740,993,123.45')
    expect(exactMoney(-5, 'CNY')).toBe('−0.05')
    expect(exactMoney(1500, 'JPY')).toBe('1,500')
    expect(exactMoney(1500, 'KWD')).toBe('1.500')
  })
  it('uses 万 and 亿 in Chinese, M and B in English, and rounds a tie to even', () => {
    expect(short('1250000000', 2, 'zh')).toEqual({ text: '1,250.00 万', exact: false })
    expect(short('98273645123', 2, 'zh').text).toBe('9.83 亿')
    expect(short('98273645123', 2, 'en').text).toBe('982.74M')
    expect(short(1_000_500n, 2, 'zh').text).toBe('1.00 万')
    expect(short(1_001_500n, 2, 'zh').text).toBe('1.00 万')
    expect(short(1_015_000n, 2, 'zh').text).toBe('1.02 万')
    expect(short(1_005_000n, 2, 'zh').text).toBe('1.00 万')
  })
  it('keeps small amounts exact', () => {
    expect(short(999_999, 2, 'zh')).toEqual({ text: '9,999.99', exact: true })
    expect(short(1_000_000, 2, 'zh')).toEqual({ text: '1.00 万', exact: false })
  })
})

describe('figures', () => {
  it('groups thousands and leaves what is no number alone', () => {
    expect(decimal('-1234567.10')).toBe('−1,234,567.10')
    expect(decimal('A-1')).toBe('A-1')
  })
  it('writes shares from decimal texts without a float', () => {
    expect(percent('0.033673')).toBe('3.37%')
    expect(percent('0.00125', 1)).toBe('0.1%')
    expect(percent('0.00135', 1)).toBe('0.1%')
    expect(percent('0.0015', 1)).toBe('0.2%')
    expect(percent('1')).toBe('100.00%')
    expect(percent('.5', 0)).toBe('50%')
    expect(percent('-0.00001')).toBe('0.00%')
    expect(percent('n/a')).toBe('—')
  })
  it('counts civil days over a leap day and backwards', () => {
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2)
    expect(daysBetween('2026-11-22', '2026-11-20')).toBe(-2)
  })
})
