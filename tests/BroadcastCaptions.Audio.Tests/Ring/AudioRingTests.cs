using BroadcastCaptions.Audio.Ring;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Audio.Tests.Ring;

public sealed class AudioRingTests
{
    [Fact]
    public void What_goes_in_comes_out_in_order()
    {
        var ring = new AudioRing(8, 1);
        var room = new float[8];
        for (var round = 0; round < 20; round++)
        {
            ring.Write([round, round + 0.5f, round + 0.75f]);
            Assert.Equal(3, ring.Read(room, out var lost));
            Assert.Equal(0, lost);
            Assert.Equal([round, round + 0.5f, round + 0.75f], room[..3]);
        }
    }

    [Fact]
    public void The_oldest_are_dropped_and_counted()
    {
        var ring = new AudioRing(4, 2);
        ring.Write([1, 1, 2, 2, 3, 3]);
        ring.Write([4, 4, 5, 5, 6, 6]);
        var room = new float[8];
        Assert.Equal(0, ring.Read(room, out var lost));
        Assert.Equal(2, lost);
        Assert.Equal(8, ring.Read(room, out lost));
        Assert.Equal(0, lost);
        Assert.Equal([3, 3, 4, 4, 5, 5, 6, 6], room);
    }

    [Fact]
    public void A_block_longer_than_the_ring_leaves_its_end()
    {
        var ring = new AudioRing(4, 1);
        ring.Write([1, 2, 3, 4, 5, 6, 7]);
        var room = new float[8];
        Assert.Equal(0, ring.Read(room, out var lost));
        Assert.Equal(3, lost);
        Assert.Equal(4, ring.Read(room, out _));
        Assert.Equal([4, 5, 6, 7], room[..4]);
    }

    [Fact]
    public void Silence_takes_its_place_even_when_longer_than_the_ring()
    {
        var ring = new AudioRing(4, 1);
        ring.Write([1, 2]);
        ring.WriteSilence(1);
        ring.Write([3]);
        var room = new float[4];
        Assert.Equal(4, ring.Read(room, out _));
        Assert.Equal([1, 2, 0, 3], room);
        ring.WriteSilence(9);
        Assert.Equal(0, ring.Read(room, out var lost));
        Assert.Equal(5, lost);
        Assert.Equal(4, ring.Read(room, out _));
        Assert.Equal([0, 0, 0, 0], room);
    }

    [Fact]
    public void Writing_and_reading_allocate_nothing()
    {
        var ring = new AudioRing(1000, 2);
        var (block, room) = (new float[960], new float[700]);
        Assert.Equal(0, Allocations.Of(() =>
        {
            ring.Write(block);
            ring.WriteSilence(10);
            ring.Read(room, out _);
        }));
    }

    // The producer writes 0, 1, 2 … (exact in a float up to 2^24) as fast as it can; whatever the consumer gets must go on
    // where the last read and the reported loss end: nothing torn, doubled or unaccounted for.
    [Theory]
    [InlineData(64, 7)]       // overrun all the time
    [InlineData(100_000, 480)] // hardly ever
    public async Task Two_threads_lose_nothing_that_is_not_counted(int frames, int blockFrames)
    {
        const int Total = 2_000_000;
        var ring = new AudioRing(frames, 2);
        var producer = Task.Run(() =>
        {
            var block = new float[blockFrames * 2];
            for (var next = 0; next < Total;)
            {
                for (var i = 0; i < blockFrames; i++) block[2 * i] = block[(2 * i) + 1] = next++;
                ring.Write(block);
            }
        });

        var room = new float[1024];
        long expected = 0;
        while (!producer.IsCompleted || ring.FramesWaiting > 0)
        {
            var length = ring.Read(room, out var lost);
            expected += lost;
            for (var i = 0; i < length; i += 2)
            {
                Assert.Equal(expected, room[i]);
                Assert.Equal(expected++, room[i + 1]);
            }
        }

        await producer;
        Assert.True(expected >= Total);
        Assert.Equal(expected, ring.FramesPassed);
    }

    // A machine that slept, say: what is about to be written goes beyond all that was there.
    [Fact]
    public async Task A_hole_longer_than_the_ring_is_read_while_it_is_written()
    {
        const int Frames = 100_000, Holes = 2_000;
        var ring = new AudioRing(Frames, 1);
        var producer = Task.Run(() =>
        {
            for (var i = 0; i < Holes; i++) ring.WriteSilence(3 * Frames);
        });

        var room = new float[64];
        var passed = 0L;
        while (!producer.IsCompleted || ring.FramesWaiting > 0)
        {
            Assert.True(ring.FramesWaiting >= 0);
            passed += ring.Read(room, out var lost) + lost;
        }

        await producer;
        Assert.Equal(3L * Frames * Holes, passed);
    }
}
