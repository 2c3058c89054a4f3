using BroadcastCaptions.Speech.Decoding;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Moonshine;

namespace BroadcastCaptions.Speech.Rewriting;

/// <summary>Compares what a shipped model and its rewritten graphs say of the built-in clips.</summary>
internal static class RewriteCheck
{
    private const double TokensPerSecond = 6.5;

    /// <summary>Largest share of tokens that may differ: 8-bit weights turn a near-tie now and then, a mistake turns everything.</summary>
    public const double Tolerance = 0.05;

    /// <summary>Runs the shipped and the rewritten and counts token edits.</summary>
    /// <param name="shipped">The shipped model.</param>
    /// <param name="rewritten">The rewritten files; those of the shipped model where one was not rewritten.</param>
    /// <returns>Is it near enough, and what was found, for the user.</returns>
    public static (bool Passed, string Found) Compare(MoonshineFiles shipped, FusedFiles rewritten)
    {
        using var options = Sessions.Options(threads: 1);
        using var shippedEncoder = new MoonshineEncoder(shipped.Encoder, options);
        using var rewrittenEncoder = new MoonshineEncoder(rewritten.Encoder, options);
        using var shippedDecoder = new MergedDecoder(shipped.Decoder, threads: 1);
        using var rewrittenDecoder = new IntegerDecoder(rewritten.Decoder);
        var (edits, tokens, clips) = (0, 0, 0);
        foreach (var samples in BuiltInClips.All())
        {
            var expected = Decode(shippedEncoder, shippedDecoder, samples);
            edits += Edits(expected, Decode(rewrittenEncoder, rewrittenDecoder, samples));
            tokens += expected.Length;
            clips++;
        }

        return (edits <= Tolerance * tokens, $"{edits} of {tokens} tokens differ from the shipped model's on {clips} built-in clips");
    }

    private static int[] Decode(MoonshineEncoder encoder, ITokenDecoder decoder, float[] samples)
    {
        var cap = (int)(TokensPerSecond * samples.Length / VoiceWindow.SampleRate);
        using var states = encoder.Encode(samples, minimum: 0);
        decoder.Attend(states, (int)states.GetTensorTypeAndShape().Shape[1], cap + 1);
        var found = new List<ScoredToken>();
        new GreedySearch().Run(decoder, [], cap, expectWords: true, found);
        return [.. found.Select(token => token.Id)];
    }

    /// <summary>Levenshtein's distance.</summary>
    internal static int Edits(ReadOnlySpan<int> expected, ReadOnlySpan<int> actual)
    {
        var row = new int[actual.Length + 1];
        for (var j = 0; j < row.Length; j++) row[j] = j;
        for (var i = 0; i < expected.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 0; j < actual.Length; j++)
            {
                var replaced = diagonal + (expected[i] == actual[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, Math.Min(row[j], row[j + 1]) + 1);
            }
        }

        return row[^1];
    }
}
