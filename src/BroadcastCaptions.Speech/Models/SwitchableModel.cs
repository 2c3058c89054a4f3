namespace BroadcastCaptions.Speech.Models;

/// <summary>
/// A model that can be replaced while it serves: the loop takes the next one at its next segment, and lets go of the last. What the
/// last one said of a growing segment is the next one's draft, as far as both speak the same tokens, as Moonshine's models do.
/// </summary>
/// <param name="first">The model to begin with; this one owns it, and those that follow.</param>
public sealed class SwitchableModel(ISpeechModel first) : ISpeechModel
{
    private ISpeechModel _current = first;
    private ISpeechModel? _next;
    private string? _language;

    /// <summary>Puts another model into its place. Any thread.</summary>
    public void Replace(ISpeechModel next) => Interlocked.Exchange(ref _next, next)?.Dispose();

    /// <inheritdoc/>
    public bool GainsByRehearing => _current.GainsByRehearing;

    /// <inheritdoc/>
    public void Expect(string? language) => _language = language;

    /// <inheritdoc/>
    public ModelText Recognize(ReadOnlySpan<float> samples, bool expectWords, IReadOnlyList<ScoredToken> previous)
    {
        if (Interlocked.Exchange(ref _next, null) is { } next)
        {
            _current.Dispose();
            _current = next;
        }

        _current.Expect(_language);
        return _current.Recognize(samples, expectWords, previous);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Interlocked.Exchange(ref _next, null)?.Dispose();
        _current.Dispose();
    }
}
