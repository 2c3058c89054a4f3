using BroadcastCaptions.Speech.Models;

namespace BroadcastCaptions.Speech.Tests.Streaming;

/// <summary>A model that says one word for each 0.3 s of audio, or whatever it is told to say.</summary>
internal sealed class ScriptedModel : ISpeechModel
{
    /// <summary>Every call: samples, whether words were expected, tokens of the previous answer.</summary>
    public List<(int Samples, bool ExpectWords, int Previous)> Calls { get; } = [];

    /// <summary>What to say; null: counting words.</summary>
    public Func<string>? Says { get; set; }

    public bool Loops { get; set; }

    public bool Retries { get; set; }

    public bool GainsByRehearing { get; init; }

    private string _language = "en";

    public void Expect(string? language) => _language = language ?? "en";

    public ModelText Recognize(ReadOnlySpan<float> samples, bool expectWords, IReadOnlyList<ScoredToken> previous)
    {
        Calls.Add((samples.Length, expectWords, previous.Count));
        var words = Says is null
            ? Enumerable.Range(1, Math.Max(1, samples.Length / 4_800)).Select(i => $"word{i}")
            : Says().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var all = words.Select((word, i) => new ModelWord(word, 0.9, i > 0)).ToArray();
        return new([.. all.Select((_, i) => new ScoredToken(i + 3, -0.1f))], all, _language, Loops) { Retried = Retries };
    }

    public void Dispose()
    {
    }
}
