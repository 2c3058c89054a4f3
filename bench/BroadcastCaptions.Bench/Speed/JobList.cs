using System.Runtime.InteropServices;
using System.Text.Json;

namespace BroadcastCaptions.Bench.Speed;

/// <summary>What an engine is to recognise, the same list for every engine.</summary>
/// <param name="Jobs">A file, or a segment of one.</param>
internal sealed record JobList(IReadOnlyList<Job> Jobs)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    /// <summary>How often each file is heard.</summary>
    public int Hearings => Jobs.Select(job => job.Hearing).DefaultIfEmpty().Max() + 1;

    /// <summary>Reads a list.</summary>
    public static async Task<JobList> ReadAsync(string path)
    {
        await using var file = File.OpenRead(path);
        return await JsonSerializer.DeserializeAsync<JobList>(file, Format) ?? throw new InvalidDataException($"{path} holds no jobs.");
    }

    /// <summary>Writes the list.</summary>
    public async Task WriteAsync(string path)
    {
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, this, Format);
    }
}

/// <summary>One segment, or one whole file.</summary>
/// <param name="File">Name of the evaluation set's file.</param>
/// <param name="Hearing">Which time the file is heard, from 0 on.</param>
/// <param name="Samples">Path of the file's samples: 16 kHz mono, 32-bit floats.</param>
/// <param name="Start">Where the segment begins, in samples.</param>
/// <param name="Calls">How often, and with how much of it, it is recognised: once, or time and again while it grows.</param>
internal sealed record Job(string File, int Hearing, string Samples, int Start, IReadOnlyList<Call> Calls)
{
    /// <summary>Reads the file's samples.</summary>
    public float[] Read() => MemoryMarshal.Cast<byte, float>(System.IO.File.ReadAllBytes(Samples)).ToArray();
}

/// <summary>One recognition.</summary>
/// <param name="Length">Samples from the segment's start on.</param>
/// <param name="Sure">Is the detector sure of speech? Only our engine knows what to do with it.</param>
internal readonly record struct Call(int Length, bool Sure);
