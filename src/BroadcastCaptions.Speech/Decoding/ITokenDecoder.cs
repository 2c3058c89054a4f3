using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Decoding;

/// <summary>A decoder over one encoded segment: what may come next, after which tokens.</summary>
internal interface ITokenDecoder : IDisposable
{
    /// <summary>Numbers a token may have: the length of a row of scores.</summary>
    int VocabularySize { get; }

    /// <summary>Begins with another segment.</summary>
    /// <param name="states">The encoder's output, owned by the caller, alive until the next call.</param>
    /// <param name="length">Its length in positions.</param>
    /// <param name="capacity">Most tokens that will be taken in, the begin mark included.</param>
    void Attend(OrtValue states, int length, int capacity);

    /// <summary>
    /// Scores (logits) after each of the tokens, in one pass from the beginning: row i says what follows tokens 0 … i.
    /// </summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="firstRow">The first row that is asked for: those before it may cost nothing.</param>
    /// <returns>Rows of <see cref="VocabularySize"/> from that one on, valid until the next call.</returns>
    ReadOnlySpan<float> Start(ReadOnlySpan<long> tokens, int firstRow = 0);

    /// <summary>Keeps only the first <paramref name="count"/> of the tokens taken in so far.</summary>
    void Keep(int count);

    /// <summary>Takes one more token in. Returns the scores of what follows, valid until the next call.</summary>
    ReadOnlySpan<float> Step(long token);

    /// <summary>
    /// How much some of the tokens that it took in listened to each position while the next one was foretold: [tokens, positions], valid until the next call. Empty where
    /// the decoder cannot tell.
    /// </summary>
    /// <param name="first">The first of them.</param>
    /// <param name="tokens">How many.</param>
    ReadOnlySpan<float> Listened(int first, int tokens) => [];

    /// <summary>Ends with the segment: what was computed of it may go. Nothing is asked of it until another one begins.</summary>
    void Leave()
    {
        // A decoder with memory of its own keeps it for the next.
    }
}
