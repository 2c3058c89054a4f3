using BroadcastCaptions.Speech;
using BroadcastCaptions.Speech.Models;

namespace BroadcastCaptions.Bench.Tuning;

/// <summary>A model whose answers are said to take so long, and the clock that passes by nothing else: the same on every machine, however busy.</summary>
/// <param name="model">Stays its owner's.</param>
/// <param name="cost">Seconds that an answer takes, and again for each second that is heard.</param>
internal sealed class ChargedModel(ISpeechModel model, double cost) : TimeProvider, ISpeechModel
{
    /// <inheritdoc/>
    public bool GainsByRehearing => model.GainsByRehearing;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    private double Charged { get; set; }

    /// <inheritdoc/>
    public override long GetTimestamp() => (long)(Charged * TimestampFrequency);

    /// <inheritdoc/>
    public ModelText Recognize(ReadOnlySpan<float> samples, bool expectWords, IReadOnlyList<ScoredToken> previous)
    {
        Charged += cost * (1 + (samples.Length / 16000.0));
        return model.Recognize(samples, expectWords, previous);
    }

    /// <inheritdoc/>
    public void Expect(string? language) => model.Expect(language);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The model is its owner's.
    }
}
