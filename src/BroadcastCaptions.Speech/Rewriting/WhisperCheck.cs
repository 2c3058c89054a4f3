using System.Numerics.Tensors;
using BroadcastCaptions.Speech.Decoding;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Whisper;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Rewriting;

/// <summary>Compares what a shipped Whisper and its rewritten graphs say of the built-in clips.</summary>
internal static class WhisperCheck
{
    private const double TokensPerSecond = 6.5;

    /// <summary>
    /// Logits by which the shipped model may prefer another token: what its own 8-bit arithmetic, or ours, moves a score by. Half of the
    /// probability, and any mistake is far beyond it.
    /// </summary>
    private const float NearTie = 0.7f;

    /// <summary>Runs both: the rewritten decodes, and the shipped says at each place which token it would have said.</summary>
    /// <param name="shipped">The shipped model.</param>
    /// <param name="rewritten">The rewritten files; its encoder the shipped one where that was not rewritten.</param>
    /// <param name="config">The model's settings.</param>
    /// <returns>Is it near enough, and what was found, for the user.</returns>
    public static (bool Passed, string Found) Compare(WhisperFiles shipped, FusedFiles rewritten, WhisperConfig config)
    {
        var marks = SpecialTokens.Of(WhisperTokenizer.Load(shipped.Tokenizer), config.IsMultilingual);
        long[] prompt = config.IsMultilingual ? [marks.Start, marks.Languages["en"], marks.Transcribe, marks.NoTimestamps] : [marks.Start, marks.NoTimestamps];
        using var options = Sessions.Options(Math.Min(2, Environment.ProcessorCount));
        using var original = new ShippedWhisper(shipped, options);
        using var encoder = rewritten.Encoder == shipped.Encoder ? null : Sessions.Load(rewritten.Encoder, options);
        using var decoder = new IntegerDecoder(rewritten.Decoder);
        var mel = new LogMel(config.Mels, config.WindowFrames);
        var features = new float[config.Mels * config.WindowFrames];
        var (edits, count, clips) = (0, 0, 0);
        foreach (var samples in BuiltInClips.All())
        {
            mel.Listen(samples);
            mel.Write(features, config.WindowFrames);
            using var states = original.Encode(features, config.Mels);
            using var own = encoder is null ? null : Encode(encoder, features, config);
            decoder.Attend(own ?? states, config.Positions, config.MaximumTokens);
            var said = Decode(decoder, prompt, marks.End, (int)(TokensPerSecond * samples.Length / VoiceWindow.SampleRate));
            edits += Differing(original.Scores(states, [.. prompt, .. said]), said, prompt.Length - 1, decoder.VocabularySize);
            count += said.Count;
            clips++;
        }

        return (edits <= RewriteCheck.Tolerance * count, $"{edits} of {count} tokens differ clearly from the shipped model's on {clips} built-in clips");
    }

    private static OrtValue Encode(InferenceSession encoder, float[] features, WhisperConfig config)
    {
        using var run = new RunOptions();
        using var input = OrtValue.CreateTensorValueFromMemory(features, [1, config.Mels, config.WindowFrames]);
        return encoder.Run(run, ShippedWhisper.InputName, [input], ShippedWhisper.StatesName)[0];
    }

    /// <summary>The most probable tokens, the end mark included.</summary>
    private static List<long> Decode(IntegerDecoder decoder, long[] prompt, int end, int cap)
    {
        var said = new List<long> { TensorPrimitives.IndexOfMax(decoder.Start(prompt, prompt.Length - 1)) };
        while (said[^1] != end && said.Count < cap) said.Add(TensorPrimitives.IndexOfMax(decoder.Step(said[^1])));
        return said;
    }

    private static int Differing(ReadOnlySpan<float> scores, List<long> said, int first, int vocabulary)
    {
        var differing = 0;
        for (var i = 0; i < said.Count; i++)
        {
            var row = scores.Slice((first + i) * vocabulary, vocabulary);
            if (TensorPrimitives.Max(row) - row[(int)said[i]] > NearTie) differing++;
        }

        return differing;
    }
}
