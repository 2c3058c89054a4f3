namespace BroadcastCaptions.Metrics;

/// <summary>A counter's name as OpenTelemetry wants it: <c>sink.obs:text.dropped</c> is <c>captions.sink.dropped</c> with the attribute sink.</summary>
/// <param name="Instrument">The instrument.</param>
/// <param name="Attributes">What tells it from its like.</param>
internal readonly record struct CountName(string Instrument, KeyValuePair<string, object?>[] Attributes)
{
    private const string Prefix = "captions.";

    /// <summary>The name of a counter.</summary>
    public static CountName Of(string counter)
    {
        var (first, last) = (counter.IndexOf('.', StringComparison.Ordinal), counter.LastIndexOf('.'));
        if (first == last || counter[..first] is not ("sink" or "tap")) return new(Prefix + counter, []);
        var kind = counter[..first];
        return new($"{Prefix}{kind}{counter[last..]}", [new(kind, counter[(first + 1)..last])]);
    }
}
