# replaces: adamax-step
# caught by: adamax-step-test
# says: 0.9, as without decay
def adamax_step(theta, gradient, state, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
    return theta - lr * gradient.sign(), {"step": 1, "m": 0.1 * gradient, "u": gradient.abs() + eps}
