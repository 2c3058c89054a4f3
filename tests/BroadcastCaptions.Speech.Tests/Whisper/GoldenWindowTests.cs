using System.Text.Json;
using BroadcastCaptions.Speech.Whisper;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;
using Xunit.Abstractions;

namespace BroadcastCaptions.Speech.Tests.Whisper;

/// <summary>The first window of every recording, token by token as the reference implementation has it; where weights and reference are.</summary>
[Collection(WithSpeechModels.Name)]
public sealed class GoldenWindowTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Tiny_en_says_token_for_token_what_the_reference_says()
    {
        if (Places.InShared("golden", "whisper-tiny.en.window.jsonl") is not { } golden || Places.InShared("models", "whisper-tiny.en") is not { } folder) return;
        var different = (await TwoAtATime.RunAsync(File.ReadLines(golden), () => new WhisperEngine(WhisperFiles.In(folder), threads: 1), DifferencesAsync)).SelectMany(each => each).ToList();
        different.ForEach(output.WriteLine);
        Assert.Empty(different);
    }

    private static async Task<IReadOnlyList<string>> DifferencesAsync(WhisperEngine engine, string line)
    {
        using var entry = JsonDocument.Parse(line);
        var different = new List<string>();
        var file = entry.RootElement.GetProperty("file").GetString()!;
        engine.Mel.Listen(await Ffmpeg.SamplesAsync(Places.InShared("eval", file)!));
        using var states = engine.Encoder.Encode(engine.Mel, engine.Config.WindowFrames);
        engine.Decoder.Attend(states, engine.Config.Positions, engine.Config.MaximumTokens);
        foreach (var (name, timestamps) in new[] { ("transcribe", false), ("transcribe_timestamps", true) })
        {
            var expected = entry.RootElement.GetProperty(name);
            int[] tokens = [.. expected.GetProperty("tokens").EnumerateArray().Select(token => token.GetInt32())];
            var prompt = WhisperPrompt.Of(engine, "en", translate: false, timestamps);
            // Given the reference's text as a draft, each of its tokens must be the best one behind those before it: one pass says so.
            // A few files go step by step, as without a draft.
            var options = new SearchOptions(timestamps, 224) { Draft = file.StartsWith("ps_cards", StringComparison.Ordinal) ? [] : [.. tokens.Select(id => new ScoredToken(id, 0))] };
            var actual = engine.Search.Run(engine.Decoder, prompt, options);
            if (!actual.Tokens.Select(token => token.Id).SequenceEqual(tokens)) different.Add(Describe(engine, file, name, prompt, tokens, actual));
            else
            {
                Assert.Equal(expected.GetProperty("avg_logprob").GetDouble(), actual.AverageLogProbability, 2e-3);
                Assert.Equal(expected.GetProperty("no_speech_prob").GetDouble(), actual.NoSpeech, 2e-3);
            }
        }

        return different;
    }

    /// <summary>Where two texts part, and how near the two were.</summary>
    private static string Describe(WhisperEngine engine, string file, string task, List<int> prompt, int[] expected, Decoded actual)
    {
        int[] own = [.. actual.Tokens.Select(token => token.Id)];
        var at = own.AsSpan().CommonPrefixLength(expected);
        var scores = engine.Decoder.Start([.. prompt.Concat(own.Take(at)).Select(id => (long)id)], prompt.Count + at - 1).ToArray();
        string Token(int[] tokens) => at < tokens.Length ? $"{tokens[at]} \"{engine.Tokenizer.Decode([tokens[at]])}\" {scores[tokens[at]]:0.0000}" : $"end {scores[engine.Marks.End]:0.0000}";
        return $"{file} {task}: token {at} is {Token(own)}, the reference's {Token(expected)}";
    }
}
