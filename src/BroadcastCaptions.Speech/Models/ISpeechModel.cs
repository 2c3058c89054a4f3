namespace BroadcastCaptions.Speech.Models;

/// <summary>
/// A recogniser of whole segments. It keeps no state of a segment between calls, so one model serves any number of
/// sources; one call at a time.
/// </summary>
public interface ISpeechModel : IDisposable
{
    /// <summary>Recognises a segment, complete or still growing.</summary>
    /// <param name="samples">16 kHz mono, −1 … 1, silence at the end cropped.</param>
    /// <param name="expectWords">True where the detector is sure of speech: an empty answer is then wrong. False: the model judges.</param>
    /// <param name="previous">
    /// The tokens of the last answer for the beginning of the same segment, else empty. They only save time: the answer is
    /// the one that the model would give without them, but for near-ties between two tokens.
    /// </param>
    ModelText Recognize(ReadOnlySpan<float> samples, bool expectWords, IReadOnlyList<ScoredToken> previous);

    /// <summary>
    /// Is it worth while to hear a closed segment again with a little silence before it? Small models then often read unclear words otherwise; a model that looks for better
    /// answers by itself, or that costs as much for a second as for half a minute, has nothing of it.
    /// </summary>
    bool GainsByRehearing => false;

    /// <summary>What is spoken in all that is recognised from now on. Models of one language ignore it, as models of many do where they do not know it.</summary>
    /// <param name="language">Its two-letter code; null: as the model was loaded.</param>
    void Expect(string? language)
    {
    }
}
