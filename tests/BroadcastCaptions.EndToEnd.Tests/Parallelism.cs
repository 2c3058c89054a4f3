// Latency is measured here: one show at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
