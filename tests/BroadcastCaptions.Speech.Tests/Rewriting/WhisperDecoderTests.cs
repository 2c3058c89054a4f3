using System.Numerics.Tensors;

namespace BroadcastCaptions.Speech.Tests.Rewriting;

/// <summary>The rewritten decoder of a real Whisper against the shipped one and the reference; only where the weights are.</summary>
public sealed class WhisperDecoderTests(RewrittenTiny rewritten) : IClassFixture<RewrittenTiny>
{
    private const int Vocabulary = 51864;
    private const float Likeness = 0.98f;
    private const float NearTie = 0.5f; // 8-bit weights move a score by some tenths
    private static readonly long[] Prompt = [50257, 50362]; // <|startoftranscript|> <|notimestamps|>

    private readonly WhisperTiny? _whisper = rewritten.Shipped;

    [Theory]
    [InlineData("decoder_model_merged.onnx")]
    [InlineData("decoder_model_merged_quantized.onnx")]
    public void It_scores_nearly_as_the_original_does(string file)
    {
        if (_whisper is null) return;
        var states = rewritten.States("ps_goforward.flac");
        var decoder = rewritten.Decoder(file);
        long[] tokens = [.. Prompt, .. WhisperTiny.Tokens("ps_goforward.flac")];
        decoder.Attend(states, WhisperTiny.Positions, capacity: 448);

        Assert.InRange(TensorPrimitives.CosineSimilarity<float>(_whisper.Scores(states, tokens), decoder.Start(tokens)), Likeness, 1);
    }

    [Theory]
    [InlineData("ps_goforward.flac")]
    [InlineData("mfa_acoustic_corpus.flac")]
    public void It_says_what_the_reference_says(string recording)
    {
        if (_whisper is null) return;
        var states = rewritten.States(recording);
        var decoder = rewritten.Decoder("decoder_model_merged.onnx");
        decoder.Attend(states, WhisperTiny.Positions, capacity: 448);
        var expected = WhisperTiny.Tokens(recording);

        var row = decoder.Start(Prompt, firstRow: Prompt.Length - 1);
        Assert.Equal(Vocabulary, row.Length);
        foreach (var token in expected)
        {
            var best = TensorPrimitives.IndexOfMax(row);
            Assert.True(row[best] - row[(int)token] < NearTie, $"{best} ({row[best]}) instead of {token} ({row[(int)token]})");
            row = decoder.Step(token);
        }
    }

    [Fact]
    public void A_draft_behind_a_long_prompt_is_verified_in_one_pass()
    {
        if (_whisper is null) return;
        var states = rewritten.States("mfa_acoustic_corpus.flac");
        var decoder = rewritten.Decoder("decoder_model_merged.onnx");
        decoder.Attend(states, WhisperTiny.Positions, capacity: 448);
        long[] prompt = [50360, .. Enumerable.Range(300, 200), .. Prompt];
        long[] draft = [.. WhisperTiny.Tokens("mfa_acoustic_corpus.flac").Take(20)];

        var rows = decoder.Start([.. prompt, .. draft], firstRow: prompt.Length - 1).ToArray();
        Assert.Equal((draft.Length + 1) * Vocabulary, rows.Length);
        decoder.Keep(prompt.Length + 7);
        var again = decoder.Step(draft[7]).ToArray();
        var stepped = decoder.Start(prompt, firstRow: prompt.Length - 1).ToArray();

        Assert.Equal(rows[(8 * Vocabulary)..(9 * Vocabulary)], again);
        Assert.Equal(rows[..Vocabulary], stepped);
    }
}
