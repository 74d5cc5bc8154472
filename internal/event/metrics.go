package event

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"
)

var (
	openDesc   = prometheus.NewDesc("kezhi_events_open", "Events that wait to be handed out, parked ones included.", nil, nil)
	ageDesc    = prometheus.NewDesc("kezhi_events_oldest_seconds", "Age of the oldest event that is neither handed out nor parked; 0 when there is none.", nil, nil)
	parkedDesc = prometheus.NewDesc("kezhi_events_parked", "Events whose reaction failed too often and which wait for a person.", nil, nil)
)

// Describe is of prometheus.Collector.
func (b *Bus) Describe(ch chan<- *prometheus.Desc) {
	ch <- openDesc
	ch <- parkedDesc
	ch <- ageDesc
}

// Collect is of prometheus.Collector: it counts in the database, so that every process shows the same.
func (b *Bus) Collect(ch chan<- prometheus.Metric) {
	o, err := b.Outbox(context.Background())
	if err != nil {
		ch <- prometheus.NewInvalidMetric(openDesc, err)
		return
	}
	ch <- prometheus.MustNewConstMetric(openDesc, prometheus.GaugeValue, float64(o.Open))
	ch <- prometheus.MustNewConstMetric(parkedDesc, prometheus.GaugeValue, float64(o.Parked))
	age := 0.0
	if !o.Oldest.IsZero() {
		age = b.now().Sub(o.Oldest).Seconds()
	}
	ch <- prometheus.MustNewConstMetric(ageDesc, prometheus.GaugeValue, age)
}
