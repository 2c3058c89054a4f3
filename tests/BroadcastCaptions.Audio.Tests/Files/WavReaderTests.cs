using BroadcastCaptions.Audio.Files;
using BroadcastCaptions.Audio.Tests.Support;

namespace BroadcastCaptions.Audio.Tests.Files;

public sealed class WavReaderTests
{
    private static readonly double[] Samples = [0, 0.5, -0.5, 0.25, -1, 0.75];

    [Theory]
    [InlineData(1, 8)]
    [InlineData(1, 16)]
    [InlineData(1, 24)]
    [InlineData(1, 32)]
    [InlineData(3, 32)]
    [InlineData(3, 64)]
    public async Task Every_plain_encoding_is_read(int tag, int bits)
    {
        foreach (var extensible in new[] { false, true })
        {
            var (reader, samples) = await ReadAsync(new WavWriter { Tag = (ushort)tag, Bits = bits, Channels = 2, Rate = 44_100, Extensible = extensible }.Write(Samples));
            Assert.Equal(new AudioFormat(44_100, 2), reader.Format);
            Assert.Equal(Samples.Select(sample => (float)sample), samples);
            Assert.Null(reader.Degradation);
        }
    }

    [Theory]
    [InlineData("RF64")]
    [InlineData("BW64")]
    public async Task Long_forms_take_their_length_from_ds64(string form)
    {
        var (reader, samples) = await ReadAsync(new WavWriter { Form = form }.Write(Samples));
        Assert.Equal(6, samples.Length);
        Assert.Equal(6.0 / 16_000, reader.TotalSeconds);
    }

    [Fact]
    public async Task Chunks_of_odd_length_and_long_ones_are_skipped()
    {
        (string, int)[] chunks = [("LIST", 27), ("bext", 5_001), ("JUNK", 1)];
        var (_, samples) = await ReadAsync(new WavWriter { Before = chunks }.Write(Samples));
        Assert.Equal(Samples.Select(sample => (float)sample), samples);
    }

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(0u, uint.MaxValue)]
    [InlineData(uint.MaxValue, uint.MaxValue)]
    [InlineData(0x7FFF_F000u, 0x7FFF_F024u)]
    public async Task What_was_written_into_a_pipe_plays_to_its_end_without_complaint(uint dataSize, uint riffSize)
    {
        var (reader, samples) = await ReadAsync(new WavWriter { DataSize = dataSize, RiffSize = riffSize }.Write(Samples));
        Assert.Equal(6, samples.Length);
        Assert.Null(reader.Degradation);
    }

    [Fact]
    public async Task No_samples_and_then_other_chunks_are_no_samples()
    {
        byte[] empty = [.. new WavWriter().Write(), .. "LIST"u8, 4, 0, 0, 0, .. "INFO"u8];
        empty[4] = (byte)(empty.Length - 8);
        Assert.Empty((await ReadAsync(empty)).Samples);
    }

    [Fact]
    public async Task A_file_that_was_cut_plays_what_is_there_and_says_so()
    {
        var whole = new WavWriter { Rate = 10 }.Write(Enumerable.Repeat(0.5, 100).ToArray());
        var (reader, samples) = await ReadAsync(whole[..^121]); // in the middle of a sample
        Assert.Equal(39, samples.Length);
        Assert.Equal(3.9, reader.TotalSeconds!.Value, 6);
        Assert.Equal("talk.wav is cut short: it holds 3.9 s of the 10.0 s that its header promises; what is there is used.", reader.Degradation);
    }

    [Fact]
    public async Task What_follows_the_samples_is_no_sound()
    {
        byte[] file = [.. new WavWriter().Write(Samples), .. "LIST"u8, 4, 0, 0, 0, .. "INFO"u8];
        Assert.Equal(6, (await ReadAsync(file)).Samples.Length);
    }

    [Fact]
    public async Task Coded_samples_are_left_to_others() =>
        Assert.Null(await WavReader.OpenAsync(new MemoryStream(new WavWriter { Tag = 7, Bits = 8 }.Write(Samples)), "law.wav", default));

    [Theory]
    [InlineData(3)]
    [InlineData(15)]
    [InlineData(30)]
    [InlineData(40)]
    public async Task A_header_that_was_cut_is_no_file(int length) =>
        await Assert.ThrowsAsync<InvalidDataException>(() => WavReader.OpenAsync(new MemoryStream(new WavWriter().Write(Samples)[..length]), "talk.wav", default));

    private static async Task<(WavReader Reader, float[] Samples)> ReadAsync(byte[] file)
    {
        var reader = (await WavReader.OpenAsync(new MemoryStream(file), "talk.wav", default))!;
        var (samples, block) = (new List<float>(), new float[4]);
        while (await reader.ReadAsync(block, default) is > 0 and var length) samples.AddRange(block[..length]);
        return (reader, [.. samples]);
    }
}
