using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Library.Tests;

/// <summary>A kept recording in every form that the library takes.</summary>
internal static class Talk
{
    /// <summary>What is said at its beginning and its end.</summary>
    public const string First = "john", Last = "them";

    public static string Path { get; } = SpeechSet.Kept.Single(file => file.Name == "ps_librivox_0870.wav").Path;

    /// <summary>16 kHz mono.</summary>
    public static float[] Samples()
    {
        var bytes = File.ReadAllBytes(Path);
        var data = bytes.AsSpan().IndexOf("data"u8) + 8;
        return [.. Enumerable.Range(0, (bytes.Length - data) / 2).Select(i => BitConverter.ToInt16(bytes, data + (2 * i)) / 32768f)];
    }

    /// <summary>48 kHz stereo in blocks of 20 ms, as a microphone gives them: every sample thrice, on both channels.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<float>> Blocks()
    {
        var buffer = new float[1920];
        foreach (var chunk in Samples().Chunk(320))
        {
            for (var i = 0; i < chunk.Length * 6; i++) buffer[i] = chunk[i / 6];
            yield return buffer.AsMemory(0, chunk.Length * 6);
            await Task.Yield();
        }
    }
}
