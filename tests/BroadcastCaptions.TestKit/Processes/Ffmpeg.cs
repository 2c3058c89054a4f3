namespace BroadcastCaptions.TestKit.Processes;

/// <summary>Decodes files of sound, and pictures, by FFmpeg's program.</summary>
public static class Ffmpeg
{
    /// <summary>Writes a file as 16 kHz mono 16-bit WAV.</summary>
    /// <param name="from">Anything that FFmpeg reads.</param>
    /// <param name="wav">Where the WAV goes.</param>
    /// <param name="leadSeconds">Silence before it.</param>
    /// <param name="tailSeconds">Silence after it.</param>
    public static Task ToWavAsync(string from, string wav, double leadSeconds = 0, double tailSeconds = 0) => RunAsync(
        "-i", from, "-ac", "1", "-ar", "16000", "-af", $"adelay={leadSeconds * 1000:0}:all=1,apad=pad_dur={tailSeconds:0.000}", "-c:a", "pcm_s16le", wav);

    /// <summary>A picture as a binary portable pixmap.</summary>
    public static async Task<byte[]> PixmapAsync(string picture)
    {
        using var folder = new TemporaryFolder();
        await RunAsync("-i", picture, "-pix_fmt", "rgb24", folder["picture.ppm"]);
        return await File.ReadAllBytesAsync(folder["picture.ppm"]);
    }

    /// <summary>Reads a 16-bit WAV without extra chunks, as <see cref="ToWavAsync"/> writes it.</summary>
    /// <returns>Samples at 16 kHz, −1 … 1.</returns>
    public static async Task<float[]> SamplesAsync(string from)
    {
        using var folder = new TemporaryFolder();
        var wav = folder["samples.wav"];
        await ToWavAsync(from, wav);
        var bytes = await File.ReadAllBytesAsync(wav);
        var data = bytes.AsSpan().IndexOf("data"u8) + 8;
        var samples = new float[(bytes.Length - data) / 2];
        for (var i = 0; i < samples.Length; i++) samples[i] = BitConverter.ToInt16(bytes, data + 2 * i) / 32768f;
        return samples;
    }

    private static async Task RunAsync(params string[] arguments)
    {
        await using var process = await GuardedProcess.StartAsync(["ffmpeg", "-v", "error", "-nostdin", "-y", .. arguments]);
        if (await process.Exited != 0) throw new InvalidOperationException($"FFmpeg: {await process.Errors.ReadAsync()}");
    }
}
