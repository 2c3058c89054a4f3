using System.Diagnostics.Metrics;
using BroadcastCaptions.Metrics;

namespace BroadcastCaptions.Tests.Metrics;

public sealed class SessionMeterTests : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, double> _heard = [];
    private readonly Dictionary<string, string?> _units = [];
    private readonly SessionMeter _meter;

    public SessionMeterTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (!_meter!.Owns(instrument)) return; // other tests have meters of that name
            _units[instrument.Name] = instrument.Unit;
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _meter = new();
        _listener.Start();
    }

    public void Dispose()
    {
        _meter.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public void Latencies_are_histograms_in_seconds()
    {
        _meter.Emission.Record(0.31);
        Assert.Equal(0.31, _heard["captions.word.emission"]);
        Assert.Equal("s", _units["captions.word.emission"]);
    }

    [Fact]
    public void What_is_not_measured_yet_is_not_told()
    {
        _meter.Update(new Dictionary<string, double>(), new() { QueueSeconds = 0.5 });
        _listener.RecordObservableInstruments();
        Assert.Equal(0.5, _heard["captions.queue.duration"]);
        Assert.DoesNotContain("captions.text.erasure", _heard.Keys);
    }

    [Fact]
    public void Sinks_and_taps_are_attributes_of_one_counter()
    {
        _meter.Update(new Dictionary<string, double> { ["sink.sidecar:a.srt.dropped"] = 2, ["sink.obs.dropped"] = 3, ["speech.loops"] = 4 }, new());
        _listener.RecordObservableInstruments();
        Assert.Equal(2, _heard["captions.sink.dropped sink=sidecar:a.srt"]);
        Assert.Equal(3, _heard["captions.sink.dropped sink=obs"]);
        Assert.Equal(4, _heard["captions.speech.loops"]);
    }

    private void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _heard[string.Join(' ', [instrument.Name, .. tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")])] = value;
}
