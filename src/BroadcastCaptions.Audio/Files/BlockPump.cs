using System.Threading.Channels;

namespace BroadcastCaptions.Audio.Files;

/// <summary>
/// Reads a file ahead of its consumer into a fixed set of blocks that go round: constant memory however long the file, and the
/// consumer never waits for a disk or a decoder, nor allocates.
/// </summary>
internal sealed class BlockPump : IAsyncDisposable
{
    private readonly ISampleReader _reader;
    private readonly Channel<Block> _full = Channel.CreateUnbounded<Block>(new() { SingleReader = true, SingleWriter = true });
    private readonly Channel<Block> _free = Channel.CreateUnbounded<Block>(new() { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _pumping;
    private volatile Exception? _failure;

    /// <summary>Starts reading; the pump owns the reader.</summary>
    public BlockPump(ISampleReader reader, int blocks, int framesPerBlock)
    {
        _reader = reader;
        for (var i = 0; i < blocks; i++) _free.Writer.TryWrite(new Block(new float[framesPerBlock * reader.Format.Channels]));
        _pumping = Task.Run(PumpAsync);
    }

    /// <summary>Why reading ended before the file's end; null while all is well.</summary>
    public Exception? Failure => _failure;

    /// <summary>Completes when a first block is there (true) or the file ended without one (false).</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellation) => _full.Reader.WaitToReadAsync(cancellation);

    /// <summary>True once everything was read and taken.</summary>
    public bool IsDrained => _full.Reader.Completion.IsCompleted;

    /// <summary>Takes the next block if one is there.</summary>
    public bool TryTake(out Block block) => _full.Reader.TryRead(out block!);

    /// <summary>Gives a block back to be filled again.</summary>
    public void Return(Block block) => _free.Writer.TryWrite(block);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _pumping;
        await _reader.DisposeAsync();
        _stop.Dispose();
    }

    private async Task PumpAsync()
    {
        try
        {
            while (true)
            {
                var block = await _free.Reader.ReadAsync(_stop.Token);
                block.Length = await _reader.ReadAsync(block.Samples, _stop.Token);
                if (block.Length == 0) break;
                _full.Writer.TryWrite(block);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed: nobody asks any more.
        }
        catch (Exception failure)
        {
            _failure = failure; // shown in the tap's status; what was read before is played
        }

        _full.Writer.Complete();
    }

    /// <summary>Samples on their way from the file to the consumer.</summary>
    internal sealed class Block(float[] samples)
    {
        /// <summary>Room for samples.</summary>
        public float[] Samples { get; } = samples;

        /// <summary>How many of them are filled.</summary>
        public int Length { get; set; }
    }
}
