package event

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"
)

var (
	openDesc   = prometheus.NewDesc("kezhi_events_open", "Events that wait to be handed out, parked ones included.", nil, nil)
	parkedDesc = prometheus.NewDesc("kezhi_events_parked", "Events whose reaction failed too often and which wait for a person.", nil, nil)
)

// Describe is of prometheus.Collector.
func (b *Bus) Describe(ch chan<- *prometheus.Desc) {
	ch <- openDesc
	ch <- parkedDesc
}

// Collect is of prometheus.Collector: it counts in the database, so that every process shows the same.
func (b *Bus) Collect(ch chan<- prometheus.Metric) {
	open, parked, err := b.counts(context.Background())
	if err != nil {
		ch <- prometheus.NewInvalidMetric(openDesc, err)
		return
	}
	ch <- prometheus.MustNewConstMetric(openDesc, prometheus.GaugeValue, float64(open))
	ch <- prometheus.MustNewConstMetric(parkedDesc, prometheus.GaugeValue, float64(parked))
}
