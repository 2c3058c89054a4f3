using BroadcastCaptions.Speech;
using BroadcastCaptions.Speech.Models;

namespace BroadcastCaptions.Bench.Speed;

/// <summary>Stands in a model's place and notes what it is asked.</summary>
internal sealed class AskedModel : ISpeechModel
{
    private static readonly ModelText Something = new([], [new ModelWord("word", 1, SpaceBefore: false)], "en");

    /// <summary>Every recognition that was asked for.</summary>
    public List<Call> Calls { get; } = [];

    /// <inheritdoc/>
    public ModelText Recognize(ReadOnlySpan<float> samples, bool expectWords, IReadOnlyList<ScoredToken> previous)
    {
        Calls.Add(new Call(samples.Length, expectWords));
        return Something;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // It holds nothing.
    }
}
